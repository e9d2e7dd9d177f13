// SPDX-License-Identifier: GPL-3.0-or-later
// What comes of the editor's text: a change set.
#include "core/change/acts/manifests.h"
#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/kube/manifest/manifest.h"
#include "ui/base/cluster_ref.h"
#include "ui/base/error_text.h"
#include "ui/change/change_run.h"
#include "ui/change/change_runs.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/yaml_editor.h"

#include <QLineEdit>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ui {

change::Edit EditorPage::currentEdit() const {
    change::Edit::Source source;
    const std::string yaml = m_editor->text().toStdString();
    source.opened = m_opened.front().json;
    source.shown = m_shown;
    source.yaml = yaml;
    source.schema = schemaOf(m_subject->kind.apiVersion(), m_subject->kind.kind);
    return change::Edit::read(source);
}

void EditorPage::commit() {
    if (m_subject == nullptr)
        return;
    if (isEdit())
        commitEdit();
    else
        commitNew();
}

void EditorPage::commitEdit() {
    if (m_opened.empty() || m_opened.front().json.empty())
        return;
    const change::Edit edit = currentEdit();
    if (!edit.errors().empty()) {
        check();
        say(tr("The messages say what has to be mended first."));
        return;
    }
    change::ChangeSet set;
    set.title = title().toStdString();
    QStringList unread;
    for (const Opened& opened : m_opened) {
        if (opened.json.empty()) {
            unread.append(QString::fromStdString(m_context.fleet.cluster(opened.cluster).name));
            continue;
        }
        const change::Target target{
            clusterRef(m_context.fleet, opened.cluster),
            {m_subject->kind.apiVersion(), m_subject->kind.kind, m_subject->ns, m_subject->name}};
        if (auto operation = edit.operationFor(target, opened.json))
            set.operations.push_back(*std::move(operation));
    }
    if (!unread.isEmpty())
        say(tr("The object could not be read in %1: take these clusters out of the choice, or try again.",
               "%1 are clusters")
                .arg(unread.join(QStringLiteral(", "))));
    else if (set.operations.empty())
        say(tr("Nothing is changed yet."));
    else
        open(std::move(set));
}

void EditorPage::commitNew() {
    const kube::Manifests read = kube::readManifests(m_editor->text().toStdString(), std::string());
    if (!read.errors.empty()) {
        check();
        say(tr("The messages say what has to be mended first."));
        return;
    }
    if (read.objects.empty() || m_clusters.empty()) {
        say(read.objects.empty() ? tr("Nothing stands here yet.") : tr("Choose at least one cluster."));
        return;
    }
    change::ChangeSet set;
    set.title = (read.objects.size() == 1
                     ? tr("Create %1", "%1 is an object")
                           .arg(QString::fromStdString(change::toString(change::ObjectRef{
                               {}, read.objects.front().kind, read.objects.front().ns, read.objects.front().name})))
                     : tr("Create %Ln objects", nullptr, static_cast<int>(read.objects.size())))
                    .toStdString();
    for (const fleet::ClusterId cluster : m_clusters) {
        const change::ClusterRef ref = clusterRef(m_context.fleet, cluster);
        const base::Result<change::ClusterWay> way = m_context.door.clusters().find(ref);
        if (!way) {
            say(errorSentence(way.error()));
            return;
        }
        base::Result<std::vector<change::Operation>> operations =
            change::applyManifests(read.objects, ref, &*way, m_namespace->text().trimmed().toStdString());
        if (!operations) {
            say(QString::fromStdString(operations.error().message));
            return;
        }
        std::move(operations->begin(), operations->end(), std::back_inserter(set.operations));
    }
    open(std::move(set));
}

void EditorPage::open(change::ChangeSet set) {
    say({});
    if (m_run)
        m_run->disconnect(this);
    m_run = &m_context.changes.begin(std::move(set));
    m_committed = m_editor->text();
    connect(m_run, &ChangeRun::stateChanged, this, &EditorPage::runChanged);
    PageTarget sheet;
    sheet.page = QStringLiteral("change");
    sheet.change = m_run->id();
    m_context.navigator.open(sheet, Navigator::Tab::New);
}

// The tab of its keys, where there is one already.
void EditorPage::openKeys() {
    PageTarget target;
    target.page = QStringLiteral("config");
    target.edit = m_subject;
    m_context.navigator.open(target, Navigator::Tab::New);
}

// Who comes back after the change was made goes on from what is there now. What failed stays to be mended.
void EditorPage::runChanged() {
    if (!m_run || m_run->state() != ChangeRun::State::Over || !isEdit() || m_editor->text() != m_committed)
        return;
    const auto& progress = m_run->progress();
    const bool isDone = std::all_of(progress.begin(), progress.end(), [](const change::OperationProgress& one) {
        return one.outcome == change::Outcome::Done;
    });
    if (isDone)
        setSubject(m_subject);
}

} // namespace ui
