// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace ui {

class FormLine;

/// Offers the labels that nodes commonly have for the part of a selector that is being typed.
void suggestNodeLabels(FormLine& line);

/// A line that also offers the usual topology keys to choose from; the box takes its place.
class TopologyBox : public QComboBox {
    Q_OBJECT
public:
    TopologyBox(FormLine& line, QWidget* parent);

protected:
    // The wheel scrolls the form.
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace ui
