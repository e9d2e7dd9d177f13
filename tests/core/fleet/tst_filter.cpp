// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/filter.h"
#include "core/kube/label_selector.h"
#include "core/kube/row_batch.h"

#include <QtTest>

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::int64_t kDay = 86'400'000;

enum PodField : std::uint16_t { Ready, Status, Restarts, LastRestart, Node, Cpu, Memory, Capacity, Version };

kube::RowLayoutPtr podLayout() {
    using kube::FieldType;
    std::vector<kube::Field> fields{
        {"ready", FieldType::Text},
        {"status", FieldType::Text},
        {"restarts", FieldType::Number},
        {"last-restart", FieldType::Time},
        {"node", FieldType::Text},
        {"cpu-requests", FieldType::Number},
        {"memory-requests", FieldType::Number},
        {"capacity", FieldType::Text},
        {"version", FieldType::Text},
    };
    const auto column = [](const char* id, const char* title, kube::CellFormat format, kube::SortKind sort,
                           std::uint16_t field, std::uint16_t field2 = 0) {
        kube::Column result;
        result.id = id;
        result.title = title;
        result.format = format;
        result.sort = sort;
        result.field = field;
        result.field2 = field2;
        return result;
    };
    std::vector<kube::Column> columns{
        column("name", "Name", kube::CellFormat::Text, kube::SortKind::Text, kube::kNameField),
        column("ready", "Ready", kube::CellFormat::Text, kube::SortKind::Ratio, Ready),
        column("status", "Status", kube::CellFormat::Text, kube::SortKind::Text, Status),
        column("restarts", "Restarts", kube::CellFormat::CountAgo, kube::SortKind::Number, Restarts, LastRestart),
        column("age", "Age", kube::CellFormat::Age, kube::SortKind::Time, kube::kCreatedField),
        column("capacity", "Capacity", kube::CellFormat::Text, kube::SortKind::Quantity, Capacity),
        column("version", "Version", kube::CellFormat::Text, kube::SortKind::Version, Version),
    };
    return std::make_shared<const kube::RowLayout>("pods", std::move(fields), std::move(columns));
}

kube::RowBatch podInState(const char* status) {
    kube::RowBatch batch(podLayout());
    batch.beginRow();
    batch.head().name = batch.intern("pod");
    batch.setText(Status, status);
    batch.endRow();
    return batch;
}

kube::RowBatch onePod() {
    kube::RowBatch batch(podLayout());
    batch.beginRow();
    kube::RowHead& head = batch.head();
    head.uid = kube::Uid::fromText("11111111-2222-3333-4444-555555555555", "shop", "cart-v1-abc");
    head.name = batch.intern("cart-v1-7887448d46-f029d");
    batch.head().ns = batch.intern("shop");
    batch.head().labels = batch.intern("app=cart,app.kubernetes.io/name=cart-server,tier=2");
    batch.head().owner = batch.intern("apps/v1\tReplicaSet\tcart-v1-7887448d46\tuid");
    batch.head().createdMs = kNow - 10 * kDay;
    batch.head().state = kube::ObjectState::Attention;
    batch.setText(Ready, "1/2");
    batch.setText(Status, "CrashLoopBackOff");
    batch.setNumber(Restarts, 14);
    batch.setTime(LastRestart, kNow - 180'000);
    batch.setText(Node, "ny-w-07");
    batch.setNumber(Cpu, 250);
    batch.setNumber(Memory, std::int64_t(512) << 20);
    batch.setText(Capacity, "8Gi");
    batch.setText(Version, "v1.10.2");
    batch.endRow();
    return batch;
}

} // namespace

class TestFilter : public QObject {
    Q_OBJECT

private slots:
    void matches_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* text, bool matches) {
            QTest::newRow(text) << QString::fromUtf8(text) << matches;
        };
        row("", true);
        row("   ", true);
        row("cart", true);
        row("CART shop", true);
        row("cart payments", false);
        row("cart OR payments", true);
        row("-payments", true);
        row("!cart", false);
        row("NOT cart", false);
        row("NOT payments cart", true);
        row("payments OR shop AND nothing", false);
        row("(payments OR shop) AND crash", true);
        row("\"CrashLoop\"", true);
        row("'AND'", false);
        row("new-york", true);
        row("cluster:york", true);
        row("cluster=new-york", true);
        row("cluster=york", false);
        row("ns:shop", true);
        row("namespace!=shop", false);
        row("name:F029", true);
        row("status:crash", true);
        row("-status:Completed", true);
        row("status=crashloopbackoff", true);
        row("status:/^Crash.*Off$/", true);
        row("status:/^crash$/", false);
        row("/f0[0-9]+d$/", true);
        row("/a\\/b/", false);
        row("restarts>3", true);
        row("restarts>14", false);
        row("restarts>=14", true);
        row("restarts<5", false);
        row("restarts:14", true);
        row("age<30d", true);
        row("age>1w2d", true);
        row("age<36h", false);
        row("created<30d", true);
        row("cpu>100m", true);
        row("cpu>0.25", false);
        row("cpu>=250m", true);
        row("mem>=512Mi", true);
        row("memory<1Gi", true);
        row("memory>1G", false);
        row("ready<1", true);
        row("ready<1/1", true);
        row("ready>=50%", true);
        row("ready>50%", false);
        row("capacity>7Gi", true);
        row("capacity<8192Mi", false);
        row("version>v1.9", true);
        row("version<v1.10.10", true);
        row("node:ny", true);
        row("node=ny-w-08", false);
        row("owner:ReplicaSet/cart", true);
        row("state:attention", true);
        row("app:cart", true);
        row("app=cart", true);
        row("app!=cart", false);
        row("missing!=x", true);
        row("missing:x", false);
        row("tier>1", true);
        row("tier>2", false);
        row("-l app=cart", true);
        row("-l app=cart,tier!=2", false);
        row("-l app in (cart, shop),tier notin (1,3) crash", true);
        row("-l !gone", true);
        row("age", false);
        row("-l tier>1", true);
        row("label:app", true);
        row("label:app=cart", true);
        row("-label:app", false);
        row("app.kubernetes.io/name=cart-server", true);
    }

    void matches() {
        QFETCH(QString, text);
        QFETCH(bool, matches);
        const auto filter = fleet::Filter::parse(text.toStdString());
        QVERIFY2(filter.has_value(), filter ? "" : filter.error().message.c_str());
        const kube::RowBatch batch = onePod();
        const fleet::FilterSubject subject{batch.row(0), "new-york", kNow};
        QCOMPARE(filter->matches(subject), matches);
        QCOMPARE(filter->matches(subject), matches);
    }

    void errorsPointAtTheColumn_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("length");
        QTest::newRow("open parenthesis") << QStringLiteral("a (b") << 2 << 1;
        QTest::newRow("close parenthesis") << QStringLiteral("a) b") << 1 << 1;
        QTest::newRow("regex") << QStringLiteral("a /b") << 2 << 1;
        QTest::newRow("regex syntax") << QStringLiteral("a /b(/") << 2 << 4;
        QTest::newRow("quote") << QStringLiteral("\u4e2d\u6587 \"b") << 3 << 1;
        QTest::newRow("value") << QStringLiteral("age>") << 3 << 1;
        QTest::newRow("age") << QStringLiteral("x age>soon y") << 6 << 4;
        QTest::newRow("restarts") << QStringLiteral("restarts>many") << 9 << 4;
        QTest::newRow("selector") << QStringLiteral("-l a=b,,c") << 3 << 6;
        QTest::newRow("selector missing") << QStringLiteral("a -l") << 2 << 2;
        QTest::newRow("or at the end") << QStringLiteral("a OR ") << 4 << 1;
        QTest::newRow("and at the start") << QStringLiteral("AND a") << 0 << 3;
        QTest::newRow("no number") << QStringLiteral("age>nans") << 4 << 4;
        QTest::newRow("nested") << QString(99, QLatin1Char('!')) + QStringLiteral("((a))") << 100 << 1;
        QTest::newRow("nested without end") << QString(100000, QLatin1Char('(')) << 100 << 1;
        QTest::newRow("no field") << QStringLiteral("a =b") << 2 << 1;
    }

    void errorsPointAtTheColumn() {
        QFETCH(QString, text);
        QFETCH(int, column);
        QFETCH(int, length);
        const auto filter = fleet::Filter::parse(text.toStdString());
        QVERIFY(!filter.has_value());
        QVERIFY(!filter.error().message.empty());
        QCOMPARE(static_cast<int>(filter.error().column), column);
        QCOMPARE(static_cast<int>(filter.error().length), length);
    }

    // What is remembered of a text is its number's in one pool only.
    void textsOfOtherPoolsAreOthers() {
        const kube::RowBatch running = podInState("Running");
        const kube::RowBatch failed = podInState("Failed");
        for (const char* text : {"fail", "/fail/"}) {
            const auto filter = fleet::Filter::parse(text);
            QVERIFY(filter.has_value());
            for (int turn = 0; turn < 2; ++turn) {
                QVERIFY(!filter->matches({running.row(0), "north", kNow}));
                QVERIFY(filter->matches({failed.row(0), "north", kNow}));
            }
        }
    }

    void knowsWhatTimeChanges() {
        QVERIFY(fleet::Filter::parse("a -(b OR age>3d)")->dependsOnTime());
        QVERIFY(!fleet::Filter::parse("a -b restarts>3")->dependsOnTime());
        // "14 (3m ago)": known once a row was seen.
        const auto ticking = fleet::Filter::parse("restarts:3m");
        const kube::RowBatch batch = onePod();
        QVERIFY(ticking->matches({batch.row(0), "new-york", kNow}));
        QVERIFY(!ticking->matches({batch.row(0), "new-york", kNow + kDay}));
        QVERIFY(ticking->dependsOnTime());
    }

    void selectorsReadLikeKubectl() {
        QVERIFY(kube::LabelSelector::parse("").has_value());
        QVERIFY(kube::LabelSelector::parse(" a = b , c notin ( d , e ) , !f,g").has_value());
        QVERIFY(!kube::LabelSelector::parse("a=b c=d").has_value());
        QVERIFY(!kube::LabelSelector::parse("a,").has_value());
        QVERIFY(!kube::LabelSelector::parse("a in b").has_value());
        QVERIFY(!kube::LabelSelector::parse("a>b").has_value());
        QVERIFY(kube::LabelSelector::parse("a!=b")->matches("c=d"));
        QVERIFY(kube::LabelSelector::parse("a=")->matches("a="));
    }
};

QTEST_GUILESS_MAIN(TestFilter)
#include "tst_filter.moc"
