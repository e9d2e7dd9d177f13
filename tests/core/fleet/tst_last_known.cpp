// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/last_known.h"
#include "core/fleet/row_archive.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sqlite3.h>
#include <sys/stat.h>

namespace {

kube::RowLayoutPtr layoutOfPods() {
    using namespace kube;
    return std::make_shared<const RowLayout>(
        "pods",
        std::vector<Field>{{"status", FieldType::Text}, {"restarts", FieldType::Number}, {"since", FieldType::Time}},
        std::vector<Column>{{"name", "Name", "", CellFormat::Text, SortKind::Text, kNameField, 0, 0},
                            {"status", "Status", "", CellFormat::Text, SortKind::Text, 0, 0, 0},
                            {"restarts", "Restarts", "", CellFormat::CountAgo, SortKind::Number, 1, 2, 0}});
}

void addPod(kube::RowBatch& batch, const std::string& name, const std::string& status, std::int64_t restarts) {
    batch.beginRow();
    batch.head().uid = kube::Uid::fromText("", "shop", name);
    batch.head().resourceVersion = 7;
    batch.head().createdMs = 1700000000000;
    batch.head().name = batch.intern(name);
    batch.head().ns = batch.intern("shop");
    batch.head().labels = batch.intern("app=" + name);
    batch.head().state = kube::ObjectState::Good;
    batch.setText(0, status);
    batch.setNumber(1, restarts);
    batch.setTime(2, restarts == 0 ? 0 : 1700000100000);
    batch.endRow();
}

kube::RowStore storeOfPods(int count) {
    kube::RowBatch batch(layoutOfPods());
    for (int i = 0; i < count; ++i)
        addPod(batch, "pod-" + std::to_string(i), i % 3 ? "Running" : "Pending", i % 5);
    kube::RowStore store(batch.layout());
    kube::RowDelta delta;
    store.apply(batch, delta);
    return store;
}

std::optional<fleet::KnownRows> load(fleet::LastKnown& known, const fleet::KnownKey& key) {
    base::ManualExecutor home;
    std::optional<fleet::KnownRows> found;
    const base::Cancel loading = known.loadRows(key, home, [&](std::optional<fleet::KnownRows> rows) {
        found = std::move(rows);
        home.stop();
    });
    if (!home.runFor(60000))
        qFatal("no answer");
    return found;
}

const fleet::KnownKey kPods{"cluster-a", "pods", ""};

} // namespace

class TestLastKnown : public QObject {
    Q_OBJECT

private slots:
    void rowsSurviveAsTheyAre() {
        const kube::RowStore store = storeOfPods(1000);
        const std::string packed = fleet::packRows(store);
        const auto batch = fleet::unpackRows(packed);
        QVERIFY(batch.has_value());
        QCOMPARE(batch->size(), std::size_t(1000));
        QCOMPARE(batch->layout()->columns().size(), std::size_t(3));
        for (std::size_t i = 0; i < batch->size(); ++i) {
            const kube::RowRef theirs = batch->row(i);
            const kube::RowRef ours = store.find(theirs.uid());
            QVERIFY(!ours.isNull());
            for (const kube::Column& column : batch->layout()->columns())
                QCOMPARE(theirs.cell(column, 1700001000000), ours.cell(column, 1700001000000));
            QVERIFY(theirs.labels() == ours.labels());
            QCOMPARE(theirs.createdMs(), ours.createdMs());
            QVERIFY(theirs.state() == ours.state());
        }
    }

    void anyDamageIsAnErrorAndNoHarm() {
        const std::string packed = fleet::packRows(storeOfPods(20));
        for (std::size_t size = 0; size < packed.size(); ++size)
            QVERIFY(!fleet::unpackRows(std::string_view(packed).substr(0, size)));
        // What is still rows after one wrong byte must be readable.
        for (std::size_t at = 0; at < packed.size(); ++at) {
            std::string wrong = packed;
            wrong[at] = static_cast<char>(wrong[at] ^ 0x41);
            const auto batch = fleet::unpackRows(wrong);
            if (!batch)
                continue;
            for (std::size_t i = 0; i < batch->size(); ++i) {
                for (const kube::Column& column : batch->layout()->columns())
                    (void)batch->row(i).cell(column, 0);
            }
        }
        const std::string zipped = fleet::compressed(packed);
        QCOMPARE(*fleet::decompressed(zipped), packed);
        for (std::size_t at = 0; at < zipped.size(); ++at) {
            std::string wrong = zipped;
            wrong[at] = static_cast<char>(wrong[at] ^ 0x10);
            const auto plain = fleet::decompressed(wrong);
            QVERIFY(!plain || *plain == packed); // A bit of the header that means nothing.
        }
    }

    void stateOutlivesTheProgram() {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/state";
        {
            fleet::LastKnown known(path);
            QVERIFY(!known.problem());
            known.saveRows(kPods, fleet::packRows(storeOfPods(10)), 1000);
            known.saveRows(kPods, fleet::packRows(storeOfPods(25)), 2000);
            known.saveSummary("cluster-a", "{\"nodes\":3}");
            known.saveCatalog("cluster-a", "kinds");
        }
        struct stat info{};
        QCOMPARE(stat((path + "/last-known.sqlite").c_str(), &info), 0);
        QCOMPARE(int(info.st_mode & 0777), 0600);
        fleet::LastKnown known(path);
        QCOMPARE(known.summaries().at("cluster-a"), std::string("{\"nodes\":3}"));
        const auto rows = load(known, kPods);
        QVERIFY(rows.has_value());
        QCOMPARE(rows->rows.size(), std::size_t(25));
        QCOMPARE(rows->asOfMs, 2000);
        QVERIFY(!load(known, {"cluster-a", "pods", "shop"}));
        base::ManualExecutor home;
        std::string catalog;
        const base::Cancel loading = known.loadCatalog("cluster-a", home, [&](const std::string& text) {
            catalog = text;
            home.stop();
        });
        QVERIFY(home.runFor(60000));
        QCOMPARE(catalog, std::string("kinds"));
    }

    void secretsAreNeverKept() {
        const QTemporaryDir folder;
        fleet::LastKnown known(folder.path().toStdString());
        const fleet::KnownKey key{"cluster-a", "secrets", ""};
        known.saveRows(key, fleet::packRows(storeOfPods(3)), 1000);
        QVERIFY(!load(known, key));
    }

    void twoProgramsShareOneFile() {
        const QTemporaryDir folder;
        fleet::LastKnown window(folder.path().toStdString());
        fleet::LastKnown headless(folder.path().toStdString());
        QVERIFY(!window.problem() && !headless.problem());
        for (int i = 1; i <= 20; ++i) {
            window.saveRows({"cluster-a", "pods", std::to_string(i)}, fleet::packRows(storeOfPods(i)), i);
            headless.saveRows({"cluster-b", "pods", std::to_string(i)}, fleet::packRows(storeOfPods(i)), i);
        }
        for (int i = 1; i <= 20; ++i) {
            // Asked of the one that wrote it: its work is done in order.
            QCOMPARE(load(window, {"cluster-a", "pods", std::to_string(i)})->rows.size(), std::size_t(i));
            QCOMPARE(load(headless, {"cluster-b", "pods", std::to_string(i)})->rows.size(), std::size_t(i));
        }
        QCOMPARE(load(window, {"cluster-b", "pods", "20"})->rows.size(), std::size_t(20));
    }

    void olderRowsDoNotReplaceNewer() {
        const QTemporaryDir folder;
        fleet::LastKnown known(folder.path().toStdString());
        known.saveRows(kPods, fleet::packRows(storeOfPods(5)), 2000);
        known.saveRows(kPods, fleet::packRows(storeOfPods(9)), 1000);
        QCOMPARE(load(known, kPods)->rows.size(), std::size_t(5));
    }

    void oldRowsAreForgotten() {
        const QTemporaryDir folder;
        fleet::LastKnown known(folder.path().toStdString());
        known.saveRows(kPods, fleet::packRows(storeOfPods(5)), 2000);
        known.saveRows({"cluster-b", "pods", ""}, fleet::packRows(storeOfPods(5)), 1000);
        known.forgetRowsBefore(1500);
        QVERIFY(load(known, kPods));
        QVERIFY(!load(known, {"cluster-b", "pods", ""}));
    }

    void brokenFileIsPutAside_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no database") << QByteArray("this is a poem, not a database, and it is long enough");
        QTest::newRow("half a header") << QByteArray("SQLite format 3\0\x10", 17);
    }

    void brokenFileIsPutAside() {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        QFile file(folder.filePath("last-known.sqlite"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        fleet::LastKnown known(folder.path().toStdString());
        QVERIFY(known.problem().has_value());
        QVERIFY(known.problem()->code == base::ErrorCode::Io);
        QVERIFY(QFile::exists(folder.filePath("last-known.sqlite.broken")));
        known.saveRows(kPods, fleet::packRows(storeOfPods(5)), 1000);
        QCOMPARE(load(known, kPods)->rows.size(), std::size_t(5));
    }

    void strangersFileIsPutAside() {
        const QTemporaryDir folder;
        sqlite3* other = nullptr;
        QCOMPARE(sqlite3_open(folder.filePath("last-known.sqlite").toUtf8().constData(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "CREATE TABLE recipes(name TEXT)", nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(other);
        const fleet::LastKnown known(folder.path().toStdString());
        QVERIFY(known.problem().has_value());
        QVERIFY(QFile::exists(folder.filePath("last-known.sqlite.broken")));
    }

    void newerFileIsLeftAlone() {
        const QTemporaryDir folder;
        {
            const fleet::LastKnown known(folder.path().toStdString());
        }
        sqlite3* other = nullptr;
        QCOMPARE(sqlite3_open(folder.filePath("last-known.sqlite").toUtf8().constData(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "PRAGMA user_version = 99", nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(other);
        fleet::LastKnown known(folder.path().toStdString());
        QVERIFY(known.problem().has_value());
        QVERIFY(!QFile::exists(folder.filePath("last-known.sqlite.broken")));
        known.saveRows(kPods, fleet::packRows(storeOfPods(5)), 1000);
        QVERIFY(!load(known, kPods));
    }

    void folderThatCannotBeIsNoFailure() {
        fleet::LastKnown known("/proc/no/such/folder");
        QVERIFY(known.problem().has_value());
        QVERIFY(!load(known, kPods));
    }
};

QTEST_GUILESS_MAIN(TestLastKnown)
#include "tst_last_known.moc"
