// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/open_change_set.h"

#include "core/change/change_set_file.h"
#include "core/kube/manifest/manifest.h"
#include "ui/base/error_text.h"
#include "ui/change/change_runs.h"
#include "ui/shell/page.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

#include <utility>

namespace ui {

namespace {

class OpenChangeSet {
    Q_DECLARE_TR_FUNCTIONS(ui::OpenChangeSet)
};

constexpr qint64 kMostBytes = qint64(64) << 20;

} // namespace

void chooseChangeSet(const PageContext& context, QWidget* parent) {
    auto* dialog = new QFileDialog(parent, OpenChangeSet::tr("Open a change set"));
    dialog->setObjectName(QStringLiteral("changeOpenDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({OpenChangeSet::tr("YAML (*.yaml *.yml)", "a kind of file"),
                            OpenChangeSet::tr("All files (*)", "a kind of file")});
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [context](const QString& file) { openChangeSet(context, file); });
    dialog->open();
}

void openChangeSet(const PageContext& context, const QString& file) {
    const auto refuse = [&](const QString& why) {
        context.navigator.say(OpenChangeSet::tr("%1 was not opened: %2", "%1 is a file, %2 why").arg(file, why));
    };
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return refuse(in.errorString());
    if (in.size() > kMostBytes)
        return refuse(OpenChangeSet::tr("it is larger than 64 MiB"));
    const base::Result<std::string> json =
        kube::yamlToJson(in.readAll().toStdString(), QFileInfo(file).fileName().toStdString());
    if (!json)
        return refuse(errorSentence(json.error()));
    if (!change::isChangeSet(*json))
        return refuse(
            OpenChangeSet::tr("it is no change set. Manifests are applied from the editor or by qdctl apply"));
    base::Result<change::ChangeSet> set = change::changeSetFrom(*json);
    if (!set)
        return refuse(errorSentence(set.error()));
    if (set->operations.empty())
        return refuse(OpenChangeSet::tr("it has no operations"));
    PageTarget target;
    target.page = QStringLiteral("change");
    target.change = context.changes.begin(*std::move(set)).id();
    context.navigator.open(target, Navigator::Tab::New);
}

} // namespace ui
