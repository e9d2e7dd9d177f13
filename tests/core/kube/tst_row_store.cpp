// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/row_store.h"

#include <QtTest>

#include <map>
#include <random>
#include <string>
#include <unordered_set>

namespace {

kube::RowLayoutPtr someLayout() {
    using kube::CellFormat;
    using kube::FieldType;
    return std::make_shared<const kube::RowLayout>(
        "things",
        std::vector<kube::Field>{{"phase", FieldType::Text},
                                 {"count", FieldType::Number},
                                 {"since", FieldType::Time},
                                 {"node", FieldType::Text}},
        std::vector<kube::Column>{
            {.id = "name", .title = "Name", .description = {}, .field = kube::kNameField},
            {.id = "count",
             .title = "Count",
             .description = {},
             .format = CellFormat::CountAgo,
             .field = 1,
             .field2 = 2},
            {.id = "age", .title = "Age", .description = {}, .format = CellFormat::Age, .field = kube::kCreatedField}});
}

struct Thing {
    std::uint64_t version = 0;
    std::string name;
    std::string phase;
    std::int64_t count = 0;
    bool operator==(const Thing&) const = default;
};

kube::Uid uidOf(unsigned number) {
    return {{number * 0x9E3779B97F4A7C15ULL, number}};
}

void write(kube::RowBatch& batch, unsigned number, const Thing& thing) {
    batch.beginRow();
    batch.head().uid = uidOf(number);
    batch.head().resourceVersion = thing.version;
    batch.head().name = batch.intern(thing.name);
    batch.setText(0, thing.phase);
    batch.setNumber(1, thing.count);
    batch.endRow();
}

Thing read(kube::RowRef row) {
    return {row.head().resourceVersion, std::string(row.name()), std::string(row.text(0)), row.number(1)};
}

} // namespace

class TestRowStore : public QObject {
    Q_OBJECT

private slots:
    void layoutPacksFields() {
        const auto layout = someLayout();
        QCOMPARE(layout->stride() % 8, 0U);
        QCOMPARE(std::size_t(layout->stride()), sizeof(kube::RowHead) + 24);
        QCOMPARE(layout->fieldIndex("since"), 2);
        QCOMPARE(layout->columnIndex("age"), 2);
        QCOMPARE(layout->columnIndex("nothing"), -1);
    }

    void batchKeepsTheNewest() {
        kube::RowBatch batch(someLayout());
        QVERIFY(batch.isEmpty());
        write(batch, 1, {1, "a", "Pending", 0});
        write(batch, 2, {2, "b", "Pending", 0});
        write(batch, 1, {3, "a", "Running", 5});
        QCOMPARE(batch.size(), std::size_t(2));
        QCOMPARE(read(batch.row(0)).phase, std::string("Running"));
        batch.remove(uidOf(1));
        batch.remove(uidOf(1));
        QCOMPARE(batch.size(), std::size_t(1));
        QCOMPARE(read(batch.row(0)).name, std::string("b"));
        QCOMPARE(batch.removed().size(), std::size_t(1));
        write(batch, 1, {4, "a", "Again", 5});
        QVERIFY(batch.removed().empty());
        QCOMPARE(batch.size(), std::size_t(2));
        batch.beginRow();
        batch.dropRow();
        QCOMPARE(batch.size(), std::size_t(2));
    }

    void uidText() {
        const std::string text = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
        const kube::Uid uid = kube::Uid::fromText(text, "ns", "name");
        QCOMPARE(uid.toText(), text);
        QVERIFY(uid == kube::Uid::fromText(text, "other", "name"));
        const kube::Uid none = kube::Uid::fromText("", "ns", "name");
        QVERIFY(none == kube::Uid::fromText("", "ns", "name"));
        QVERIFY(!(none == kube::Uid::fromText("", "nsn", "ame")));
        QVERIFY(!(none == kube::Uid::fromText("odd", "ns", "name")));
    }

    void cells() {
        const auto layout = someLayout();
        kube::RowBatch batch(layout);
        batch.beginRow();
        batch.endRow();
        QCOMPARE(batch.row(0).cell(layout->columns()[1], 0), std::string());
        QCOMPARE(batch.row(0).cell(layout->columns()[2], 0), std::string("<unknown>"));
        batch.beginRow();
        batch.head().createdMs = 1000;
        batch.setNumber(1, 7);
        batch.endRow();
        QCOMPARE(batch.row(0).cell(layout->columns()[1], 0), std::string("7"));
        QCOMPARE(batch.row(0).cell(layout->columns()[2], 121000), std::string("2m"));
        batch.beginRow();
        batch.setNumber(1, 7);
        batch.setTime(2, 1000);
        batch.endRow();
        QCOMPARE(batch.row(0).cell(layout->columns()[1], 122000), std::string("7 (2m1s ago)"));
    }

    void serverOrder_data() {
        QTest::addColumn<QByteArray>("ns1");
        QTest::addColumn<QByteArray>("name1");
        QTest::addColumn<QByteArray>("ns2");
        QTest::addColumn<QByteArray>("name2");
        QTest::addColumn<int>("order");
        const auto row = [](const char* a, const char* b, const char* c, const char* d, int order) {
            QTest::addRow("%s/%s %s/%s", a, b, c, d)
                << QByteArray(a) << QByteArray(b) << QByteArray(c) << QByteArray(d) << order;
        };
        row("a", "x", "a", "x", 0);
        row("a", "x", "a", "y", -1);
        row("a", "x", "a", "x-1", -1);
        row("a-b", "z", "a", "a", -1);
        row("a0", "a", "a", "z", 1);
        row("a", "a", "b", "a", -1);
        row("", "a", "", "b", -1);
        row("", "a.b", "", "a", 1);
    }

    void serverOrder() {
        QFETCH(QByteArray, ns1);
        QFETCH(QByteArray, name1);
        QFETCH(QByteArray, ns2);
        QFETCH(QByteArray, name2);
        QFETCH(int, order);
        const auto sign = [](int value) { return (value > 0) - (value < 0); };
        const auto key = [](const QByteArray& ns, const QByteArray& name) {
            return ns.isEmpty() ? name.toStdString() : (ns + '/' + name).toStdString();
        };
        QCOMPARE(sign(kube::compareServerOrder(ns1.constData(), name1.constData(), ns2.constData(), name2.constData())),
                 order);
        QCOMPARE(sign(kube::compareServerOrder(ns2.constData(), name2.constData(), ns1.constData(), name1.constData())),
                 -order);
        QCOMPARE(sign(key(ns1, name1).compare(key(ns2, name2))), order);
    }

    void versionsDecide() {
        kube::RowStore store(someLayout());
        kube::RowDelta delta;
        const auto apply = [&](const Thing& thing) {
            kube::RowBatch batch(store.layout());
            write(batch, 1, thing);
            store.apply(batch, delta);
        };
        apply({10, "a", "new", 0});
        QCOMPARE(delta.added.size(), std::size_t(1));
        apply({9, "a", "old", 0});
        QVERIFY(delta.isEmpty());
        apply({10, "a", "same", 0});
        QVERIFY(delta.isEmpty());
        apply({11, "a", "newer", 0});
        QCOMPARE(delta.changed.size(), std::size_t(1));
        apply({0, "a", "unversioned", 0});
        QCOMPARE(delta.changed.size(), std::size_t(1));
        apply({0, "a", "unversioned", 0});
        QVERIFY(delta.isEmpty());
        // A restored etcd counts from an older number: a full list is right all the same.
        apply({20, "a", "before", 0});
        store.beginResync();
        apply({15, "a", "restored", 0});
        QCOMPARE(delta.changed.size(), std::size_t(1));
        store.finishResync(delta);
        QVERIFY(delta.isEmpty());
        QCOMPARE(read(store.find(uidOf(1))).phase, std::string("restored"));
    }

    void handlesStandInOneList() {
        kube::RowStore store(someLayout());
        kube::RowDelta delta;
        kube::RowBatch first(store.layout());
        write(first, 1, {1, "a", "x", 0});
        store.apply(first, delta);
        kube::RowBatch second(store.layout());
        second.remove(uidOf(1));
        write(second, 2, {2, "b", "x", 0});
        store.apply(second, delta);
        QCOMPARE(delta.added.size(), std::size_t(1));
        QCOMPARE(delta.removed.size(), std::size_t(1));
        QVERIFY(delta.added[0] != delta.removed[0]);
    }

    void randomScriptAgainstModel() {
        std::mt19937 random(20240607);
        kube::RowStore store(someLayout());
        std::map<unsigned, Thing> model;
        std::map<kube::RowHandle, Thing> seen; // What a reader of deltas believes.
        kube::RowDelta delta;
        std::uint64_t version = 1;
        const auto below = [&](unsigned limit) { return static_cast<unsigned>(random() % limit); };
        const auto follow = [&] {
            for (const auto handle : delta.added)
                QVERIFY(seen.emplace(handle, read(store.row(handle))).second);
            for (const auto handle : delta.changed) {
                QVERIFY(seen.count(handle) == 1);
                seen[handle] = read(store.row(handle));
            }
            for (const auto handle : delta.removed)
                QCOMPARE(seen.erase(handle), std::size_t(1));
        };
        for (int round = 0; round < 1500; ++round) {
            kube::RowBatch batch(store.layout());
            const bool resync = below(50) == 0;
            if (resync) {
                store.beginResync();
                for (auto it = model.begin(); it != model.end();)
                    it = below(10) == 0 ? model.erase(it) : std::next(it);
                for (const auto& [number, thing] : model)
                    write(batch, number, thing);
            }
            for (unsigned i = 0, count = below(40); i < count; ++i) {
                const unsigned number = below(3000);
                if (below(3) == 0) {
                    batch.remove(uidOf(number));
                    model.erase(number);
                } else {
                    const Thing thing{++version, "thing-" + std::to_string(number),
                                      std::string(below(300), 'x') + std::to_string(below(20000)), below(1000)};
                    write(batch, number, thing);
                    model[number] = thing;
                }
            }
            store.apply(batch, delta);
            follow();
            if (resync) {
                store.finishResync(delta);
                follow();
            }
            QCOMPARE(store.size(), model.size());
            if (round % 50 == 0 || resync) {
                for (const auto& [number, thing] : model)
                    QVERIFY(read(store.find(uidOf(number))) == thing);
                std::size_t visited = 0;
                store.forEach([&](kube::RowHandle handle, kube::RowRef row) {
                    ++visited;
                    QVERIFY(seen.at(handle) == read(row));
                });
                QCOMPARE(visited, model.size());
            }
        }
        // 20,000 texts of some 150 bytes came by for each 1,500 kept: garbage was given back.
        QVERIFY2(store.bytes() < 3 * model.size() * 350 + 200000, QByteArray::number(qulonglong(store.bytes())));
    }

    void poolKeepsTextsOfAllLengths() {
        kube::StringPool pool;
        QCOMPARE(pool.find("x"), UINT32_MAX);
        QCOMPARE(pool.intern(""), 0U);
        std::vector<std::string> texts;
        for (const std::size_t length :
             {1U, 127U, 128U, 500U, 513U, 16383U, 16384U, 65530U, 65536U, 65537U, 200000U, 3U})
            texts.emplace_back(length, "abcdefghijklmnop"[texts.size()]);
        std::vector<std::uint32_t> numbers;
        for (const auto& text : texts)
            numbers.push_back(pool.intern(text));
        for (unsigned i = 0; i < 50000; ++i)
            QCOMPARE(pool.text(pool.intern(std::to_string(i))), std::string_view(std::to_string(i)));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            QVERIFY(pool.text(numbers[i]) == texts[i]);
            QCOMPARE(pool.find(texts[i]), numbers[i]);
            QCOMPARE(pool.intern(texts[i]), numbers[i]);
        }
        const std::string_view before = pool.text(numbers[3]);
        const std::uint64_t serial = pool.serial();
        kube::StringPool moved = std::move(pool);
        QVERIFY(moved.text(numbers[3]).data() == before.data());
        QCOMPARE(moved.serial(), serial);
        moved.clear();
        QVERIFY(moved.serial() != serial && moved.serial() != kube::StringPool().serial());
    }
};

QTEST_APPLESS_MAIN(TestRowStore)
#include "tst_row_store.moc"
