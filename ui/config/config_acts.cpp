// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with keys and values, and what comes of it: a change set.
#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "ui/base/cluster_ref.h"
#include "ui/base/format.h"
#include "ui/base/table_view.h"
#include "ui/change/change_run.h"
#include "ui/change/change_runs.h"
#include "ui/config/config_page.h"
#include "ui/config/key_dialog.h"
#include "ui/config/value_view.h"
#include "ui/editor/open_editor.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSaveFile>

#include <algorithm>
#include <set>
#include <utility>

namespace ui {

QString ConfigPage::keyProblem(const QString& key, int id) const {
    const std::string name = key.toStdString();
    if (!change::isDataKey(name))
        return faultText({change::KeyFault::Why::BadKey, name});
    const KeyDraft::Entry* there = m_draft.findKey(name);
    return there != nullptr && there->id != id ? faultText({change::KeyFault::Why::Taken, name}) : QString();
}

QString ConfigPage::faultText(const change::KeyFault& fault) const {
    const QString key = QString::fromStdString(fault.key);
    switch (fault.why) {
    case change::KeyFault::Why::BadKey:
        return tr("“%1” is no key: letters, digits, - _ and . (at most 253), not “.” and nothing that begins with "
                  "“..”.")
            .arg(key);
    case change::KeyFault::Why::Taken:
        return tr("There is a key “%1” already.").arg(key);
    case change::KeyFault::Why::TooLarge: {
        const Measured size = bytesText(static_cast<std::int64_t>(fault.size));
        return tr("All values together are %1: servers take 1 MiB at most.", "%1 is a size")
            .arg(size.number + u' ' + size.unit);
    }
    case change::KeyFault::Why::Immutable:
        return tr("The object is immutable.");
    case change::KeyFault::Why::Needed:
        return tr("Secrets of this type must have the key “%1”.").arg(key);
    }
    return {};
}

QString ConfigPage::faultsText() const {
    const std::vector<change::KeyEdit> edits = m_draft.edits();
    std::set<QString> seen;
    QStringList faults;
    for (std::size_t i = 0; i < m_draft.clusters().size(); ++i) {
        for (const change::KeyFault& fault : change::faultsOf(m_draft.clusters()[i], edits)) {
            const QString text = faultText(fault);
            if (seen.insert(text).second)
                faults.append(m_draft.clusters().size() == 1
                                  ? text
                                  : tr("%1: %2", "a cluster: what is wrong there").arg(clusterText(i), text));
        }
    }
    return faults.join(u'\n');
}

void ConfigPage::askAdd() {
    if (!m_add->isEnabled())
        return;
    auto* dialog =
        new KeyDialog(tr("Add key"), {}, [this](const QString& key) { return keyProblem(key, 0); }, window());
    connect(dialog, &KeyDialog::chosen, this, [this](const QString& key) {
        const int id = m_draft.add(key.toStdString(), {});
        showKeys();
        choose(id);
        m_value->focusValue();
    });
    dialog->open();
}

void ConfigPage::askRename() {
    const KeyDraft::Entry* entry = m_draft.find(currentId());
    if (entry == nullptr || !m_rename->isEnabled())
        return;
    const int id = entry->id;
    auto* dialog = new KeyDialog(
        tr("Rename key"), QString::fromStdString(entry->key),
        [this, id](const QString& key) { return keyProblem(key, id); }, window());
    connect(dialog, &KeyDialog::chosen, this, [this, id](const QString& key) {
        m_draft.rename(id, key.toStdString());
        showKeys();
        showValue();
    });
    dialog->open();
}

void ConfigPage::removeKey() {
    const KeyDraft::Entry* entry = m_draft.find(currentId());
    if (entry == nullptr || !m_remove->isEnabled())
        return;
    if (entry->isRemoved)
        m_draft.restore(entry->id);
    else
        m_draft.remove(entry->id);
    showKeys();
    showValue();
}

void ConfigPage::restoreKey() {
    m_draft.restore(currentId());
    showKeys();
    showValue();
}

void ConfigPage::askFiles() {
    if (!m_files->isEnabled())
        return;
    auto* dialog = new QFileDialog(this, tr("Add files as keys"));
    dialog->setObjectName(QStringLiteral("configFilesDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ConfigPage::addFiles);
    dialog->open();
}

void ConfigPage::askLoad(int id) {
    auto* dialog = new QFileDialog(this, tr("Load the value from a file"));
    dialog->setObjectName(QStringLiteral("configLoadDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, id](const QString& file) { loadFile(id, file); });
    dialog->open();
}

void ConfigPage::askSave(int id, std::size_t cluster) {
    const KeyDraft::Entry* entry = m_draft.find(id);
    if (entry == nullptr)
        return;
    auto* dialog = new QFileDialog(this, tr("Save the value as a file"));
    dialog->setObjectName(QStringLiteral("configSaveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QString::fromStdString(entry->key));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, id, cluster](const QString& file) { saveFile(id, cluster, file); });
    dialog->open();
}

std::optional<std::string> ConfigPage::readFile(const QString& file) {
    QFile in(file);
    const QString name = QFileInfo(file).fileName();
    if (!in.open(QIODevice::ReadOnly)) {
        say(tr("Could not read %1: %2", "%1 is a file, %2 why").arg(name, in.errorString()));
        return std::nullopt;
    }
    // A byte more than fits tells that it does not.
    const QByteArray bytes = in.read(qint64(change::kMostKeyedBytes) + 1);
    if (bytes.size() > qsizetype(change::kMostKeyedBytes)) {
        say(tr("%1 is larger than 1 MiB, which is all that servers take.", "%1 is a file").arg(name));
        return std::nullopt;
    }
    return bytes.toStdString();
}

void ConfigPage::addFiles(const QStringList& files) {
    int last = 0;
    QString problem;
    for (const QString& file : files) {
        const QString key = QFileInfo(file).fileName();
        std::optional<std::string> bytes = readFile(file);
        if (!bytes) {
            problem = m_note->text();
            continue;
        }
        // A file takes the place of the key that has its name.
        const KeyDraft::Entry* there = m_draft.findKey(key.toStdString());
        if (there == nullptr && !keyProblem(key, 0).isEmpty()) {
            problem = keyProblem(key, 0);
            continue;
        }
        last = there != nullptr ? there->id : m_draft.add(key.toStdString(), *bytes);
        if (there != nullptr)
            m_draft.setBytes(last, *std::move(bytes));
        // What came from a file was not typed before anyone's eyes.
        if (m_draft.isSecret())
            m_draft.setRevealed(last, false);
    }
    showKeys();
    if (last != 0)
        choose(last);
    if (!problem.isEmpty())
        say(problem);
}

void ConfigPage::loadFile(int id, const QString& file) {
    std::optional<std::string> bytes = readFile(file);
    if (!bytes)
        return;
    m_draft.setBytes(id, *std::move(bytes));
    showKeys();
    showValue();
}

void ConfigPage::saveFile(int id, std::size_t cluster, const QString& file) {
    const KeyDraft::Entry* entry = m_draft.find(id);
    const std::string* bytes = entry != nullptr ? m_draft.bytesOf(*entry, cluster) : nullptr;
    if (bytes == nullptr)
        return;
    QSaveFile out(file);
    bool isWritten = out.open(QIODevice::WriteOnly);
    // What was a secret in the cluster is nobody else's on this machine.
    if (isWritten && m_draft.isSecret())
        isWritten = out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    isWritten = isWritten && out.write(bytes->data(), static_cast<qint64>(bytes->size())) >= 0 && out.commit();
    m_context.navigator.say(isWritten
                                ? tr("Written to %1", "%1 is a file").arg(file)
                                : tr("Could not write %1: %2", "%1 is a file, %2 why").arg(file, out.errorString()));
}

void ConfigPage::copy(int id, std::size_t cluster) {
    const KeyDraft::Entry* entry = m_draft.find(id);
    const std::string* bytes = entry != nullptr ? m_draft.bytesOf(*entry, cluster) : nullptr;
    if (bytes == nullptr)
        return;
    const bool isText = change::isReadable(*bytes);
    auto* taken = new QMimeData;
    taken->setText(isText ? QString::fromStdString(*bytes)
                          : QString::fromLatin1(QByteArray::fromStdString(*bytes).toBase64()));
    // Clipboard managers keep no secret that says so.
    if (m_draft.isSecret())
        taken->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
    QGuiApplication::clipboard()->setMimeData(taken);
    const QString key = QString::fromStdString(entry->key);
    m_context.navigator.say(isText ? tr("The value of %1 is on the clipboard", "%1 is a key").arg(key)
                                   : tr("The value of %1 is on the clipboard as base64", "%1 is a key").arg(key));
}

void ConfigPage::reveal(int id, bool isRevealed) {
    if (!m_draft.isSecret())
        return;
    m_draft.setRevealed(id, isRevealed);
    showValue();
}

void ConfigPage::openYaml() {
    if (m_subject == nullptr)
        return;
    PageTarget target;
    target.page = QStringLiteral("editor");
    target.edit = m_subject;
    m_context.navigator.open(target, Navigator::Tab::New);
}

void ConfigPage::commit() {
    if (m_subject == nullptr || !m_go->isEnabled())
        return;
    const auto unread =
        std::find_if(m_opened.begin(), m_opened.end(), [](const Opened& opened) { return opened.error.has_value(); });
    if (unread != m_opened.end()) {
        say(tr("The object could not be read in %1: take these clusters out of the choice, or try again.",
               "%1 are clusters")
                .arg(QString::fromStdString(m_context.fleet.cluster(unread->cluster).name)));
        return;
    }
    if (const QString faults = faultsText(); !faults.isEmpty()) {
        say(faults);
        return;
    }
    change::ChangeSet set;
    set.title =
        tr("Edit keys of %1", "%1 is an object")
            .arg(QString::fromStdString(change::toString({{}, m_subject->kind.kind, m_subject->ns, m_subject->name})))
            .toStdString();
    const std::vector<change::KeyEdit> edits = m_draft.edits();
    for (const Opened& opened : m_opened) {
        const change::Target target{
            clusterRef(m_context.fleet, opened.cluster),
            {m_subject->kind.apiVersion(), m_subject->kind.kind, m_subject->ns, m_subject->name}};
        if (auto operation = change::keysOperation(target, opened.json, edits))
            set.operations.push_back(*std::move(operation));
    }
    if (set.operations.empty()) {
        say(tr("Nothing is changed yet."));
        return;
    }
    say({});
    if (m_run)
        m_run->disconnect(this);
    m_run = &m_context.changes.begin(std::move(set));
    m_committed = edits;
    connect(m_run, &ChangeRun::stateChanged, this, &ConfigPage::runChanged);
    PageTarget sheet;
    sheet.page = QStringLiteral("change");
    sheet.change = m_run->id();
    m_context.navigator.open(sheet, Navigator::Tab::New);
}

// Who comes back after the change was made goes on from what is there now. What failed stays to be mended.
void ConfigPage::runChanged() {
    if (!m_run || m_run->state() != ChangeRun::State::Over || m_draft.edits() != m_committed)
        return;
    const auto& progress = m_run->progress();
    const bool isDone = std::all_of(progress.begin(), progress.end(), [](const change::OperationProgress& one) {
        return one.outcome == change::Outcome::Done;
    });
    if (isDone)
        setSubject(m_subject);
}

} // namespace ui
