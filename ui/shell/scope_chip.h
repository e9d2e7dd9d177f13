// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QString>

#include <vector>

namespace ui {

/// A button on a ground of its own: a cluster's band and name with a muted word, several clusters, or plain words.
class ScopeChip : public QAbstractButton {
    Q_OBJECT
public:
    explicit ScopeChip(QWidget* parent = nullptr);

    void showText(const QString& text);
    void showCluster(const QString& name, int hue, const QString& word);
    struct Cluster {
        QString name;
        int hue = 0;
    };
    void showClusters(const std::vector<Cluster>& clusters);
    /// A muted-free word and a strong name: "Namespace shop, payments".
    void showNamed(const QString& word, const QString& name);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Part {
        QString text;
        enum class Face { Plain, Strong, Muted } face;
        int hue = -1; ///< Of the band before it; -1: none.
    };
    [[nodiscard]] QFont fontOf(const Part& part) const;
    void setParts(std::vector<Part> parts);

    std::vector<Part> m_parts;
};

} // namespace ui
