// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/certificate_view.h"

#include "core/net/certificate.h"
#include "ui/base/marks.h"
#include "ui/base/theme.h"
#include "ui/config/key_table.h"

#include <QDateTime>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace ui {

namespace {

const char* inkOf(Mark mark) {
    return mark == Mark::Broken ? "broken" : mark == Mark::Attention ? "attention" : "text";
}

QLabel* selectable(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QString momentOf(std::int64_t ms) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

QString keyTextOf(const net::ChainCertificate& one) {
    const QString type = QString::fromStdString(one.keyType);
    return one.keyBits == 0 ? type : CertificateView::tr("%1, %2 bits", "kind of a key").arg(type).arg(one.keyBits);
}

/// In lines of sixteen, so that it breaks where people compare.
QString fingerprintText(const std::string& fingerprint) {
    QString text = QString::fromStdString(fingerprint);
    if (text.size() > 48)
        text[47] = u'\n';
    return text;
}

/// A line with its mark.
QWidget* markedLine(const QString& text, Mark mark, QWidget* parent) {
    auto* line = new QWidget(parent);
    auto* picture = new QLabel(line);
    picture->setPixmap(markPixmap(*parent, mark));
    picture->setAlignment(Qt::AlignTop);
    picture->setContentsMargins(0, 4, 0, 0);
    auto* label = selectable(text, line);
    label->setProperty("ink", QString::fromLatin1(inkOf(mark)));
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(picture);
    layout->addWidget(label, 1);
    return line;
}

QWidget* makeCard(const net::ChainCertificate& one, std::int64_t nowMs, QWidget* parent) {
    auto* card = new QWidget(parent);
    auto* form = new QFormLayout(card);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(4);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    const auto add = [&](const QString& name, QWidget* value) {
        auto* label = new QLabel(name, card);
        label->setProperty("ink", QStringLiteral("muted"));
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        form->addRow(label, value);
    };
    const std::int64_t days = net::daysLeft(one.says.notAfterMs, nowMs);
    const bool isEarly = one.says.notBeforeMs > nowMs;
    const QString holds = CertificateView::tr("%1 to %2", "two moments")
                              .arg(momentOf(one.says.notBeforeMs), momentOf(one.says.notAfterMs));
    const QString state = isEarly ? CertificateView::tr("does not hold yet", "a certificate") : expiryText(days);
    add(CertificateView::tr("Validity"),
        markedLine(holds + u'\n' + state, isEarly ? Mark::Attention : expiryMark(days), card));
    add(CertificateView::tr("Subject"), selectable(QString::fromStdString(one.says.subject), card));
    QStringList names;
    for (const std::string& name : one.says.names)
        names.append(QString::fromStdString(name));
    if (!names.isEmpty())
        add(CertificateView::tr("Names"), selectable(names.join(QStringLiteral(", ")), card));
    add(CertificateView::tr("Issuer"),
        selectable(one.isSelfSigned ? CertificateView::tr("itself", "issuer of a certificate")
                                    : QString::fromStdString(one.says.issuer),
                   card));
    add(CertificateView::tr("Key", "of a certificate"), selectable(keyTextOf(one), card));
    add(CertificateView::tr("Serial"), selectable(QString::fromStdString(one.serial), card));
    auto* fingerprint = selectable(fingerprintText(one.fingerprint), card);
    fingerprint->setFont(monoFont());
    add(CertificateView::tr("SHA-256"), fingerprint);
    return card;
}

} // namespace

CertificateView::CertificateView(QWidget* parent)
    : QScrollArea(parent) {
    setObjectName(QStringLiteral("certificateView"));
    setAccessibleName(tr("Certificates"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
}

void CertificateView::say(const QString& text, const char* ink) {
    auto* label = selectable(text, widget());
    label->setObjectName(QStringLiteral("certificateRemark"));
    label->setProperty("ink", QString::fromLatin1(ink));
    m_body->addWidget(label);
}

void CertificateView::sayKeyFit(const std::string& pem, const std::string& privateKey, const QString& keyName) {
    switch (net::fitOf(privateKey, pem)) {
    case net::KeyFit::Fits:
        say(tr("The private key %1 fits the first certificate.", "%1 is a key of a secret").arg(keyName), "text");
        break;
    case net::KeyFit::Differs:
        say(tr("The private key %1 belongs to another certificate.", "%1 is a key of a secret").arg(keyName), "broken");
        break;
    case net::KeyFit::Encrypted:
        say(tr("The private key %1 has a password: servers cannot use it so.", "%1 is a key of a secret").arg(keyName),
            "attention");
        break;
    case net::KeyFit::Unreadable:
        say(tr("%1 is no private key in PEM form.", "%1 is a key of a secret").arg(keyName), "broken");
        break;
    }
}

void CertificateView::setChain(const std::string& pem, const std::string* privateKey, const QString& keyName,
                               std::int64_t nowMs) {
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("certificateContent"));
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(12, 8, 12, 12);
    m_body->setSpacing(8);
    setWidget(content);
    // The panel's ground.
    content->setAutoFillBackground(false);
    const auto chain = net::readCertificateChain(pem);
    if (!chain) {
        say(tr("The certificates cannot be read: %1", "%1 is why").arg(QString::fromStdString(chain.error().message)),
            "broken");
        m_body->addStretch(1);
        return;
    }
    if (privateKey != nullptr)
        sayKeyFit(pem, *privateKey, keyName);
    if (!chain->isInOrder())
        say(tr("The chain is out of order: certificate %1 was not issued by the one after it.")
                .arg(chain->brokenAt + 1),
            "attention");
    for (std::size_t i = 0; i < chain->certificates.size(); ++i) {
        const net::ChainCertificate& one = chain->certificates[i];
        auto* title = new QLabel(
            one.isAuthority ? tr("Certificate %1, an authority").arg(i + 1) : tr("Certificate %1").arg(i + 1), content);
        title->setFont(strongFont());
        m_body->addWidget(title);
        m_body->addWidget(makeCard(one, nowMs, content));
    }
    m_body->addStretch(1);
}

} // namespace ui
