// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <QString>

#include <cstdint>
#include <string>

class QVBoxLayout;

namespace ui {

/// What the certificates of a PEM text say, one below the other, and what is wrong with them: how long they hold,
/// whether each was issued by the next, whether the private key beside them is theirs. Shows nothing that is secret.
class CertificateView : public QScrollArea {
    Q_OBJECT
public:
    explicit CertificateView(QWidget* parent = nullptr);

    /// `privateKey` is null where none stands beside; it is looked at and not kept.
    void setChain(const std::string& pem, const std::string* privateKey, const QString& keyName, std::int64_t nowMs);

private:
    void say(const QString& text, const char* ink);
    void sayKeyFit(const std::string& pem, const std::string& privateKey, const QString& keyName);

    QVBoxLayout* m_body = nullptr;
};

} // namespace ui
