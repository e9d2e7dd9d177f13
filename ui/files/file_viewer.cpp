// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_viewer.h"

#include "ui/base/format.h"
#include "ui/base/theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

class FileViewer {
    Q_DECLARE_TR_FUNCTIONS(ui::FileViewer)
};

void viewText(QWidget* parent, const QString& name, const std::string& bytes) {
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("fileViewer"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(name);
    dialog->resize(820, 560);
    auto* title = new QLabel(name, dialog);
    title->setTextFormat(Qt::PlainText);
    title->setFont(strongFont());
    const bool isCut = bytes.size() > kMostViewed;
    const std::size_t size = std::min(bytes.size(), kMostViewed);
    const Measured measured = bytesText(static_cast<std::int64_t>(size));
    const QString amount = measured.number + QChar(u' ') + measured.unit;
    QString about = isCut ? FileViewer::tr("The first %1 of it, read only", "%1 is a size").arg(amount)
                          : FileViewer::tr("%1, read only", "%1 is a size").arg(amount);
    if (bytes.find('\0') < size)
        about = FileViewer::tr("%1, read only; it holds bytes that are no text", "%1 is a size").arg(amount);
    auto* hint = new QLabel(about, dialog);
    hint->setObjectName(QStringLiteral("fileViewerAbout"));
    hint->setProperty("ink", QStringLiteral("muted"));
    auto* text = new QPlainTextEdit(dialog);
    text->setObjectName(QStringLiteral("fileViewerText"));
    text->setReadOnly(true);
    text->setFont(monoFont());
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    QString shown = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(size));
    shown.replace(QChar(u'\0'), QChar(0x2400));
    text->setPlainText(shown);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    buttons->button(QDialogButtonBox::Close)->setText(FileViewer::tr("Close"));
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addWidget(text, 1);
    layout->addWidget(buttons);
    text->setFocus();
    dialog->open();
}

} // namespace ui
