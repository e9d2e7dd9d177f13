// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testbed.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

// Nasty objects on real servers, the newest and the oldest: JSON, protobuf and Table of the same objects give equal
// rows, their cells are the server's, and the text is kubectl's. record.py makes and records them; the tests that read
// recordings judge.
class TestDecodeReal : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    static QString whereProgramsLie() {
        QProcess script;
        script.start(QStringLiteral("bash"),
                     {QStringLiteral(TESTS_TESTBED_DIR "/build.sh"), QStringLiteral("--where")});
        script.waitForFinished();
        return QString::fromUtf8(script.readAllStandardOutput()).trimmed();
    }

    void record(const std::string& name) {
        testbed::Testbed& bed = testbed::Testbed::instance();
        const testbed::Ran version = bed.cluster(name).kubectl({"get", "--raw", "/version"});
        const auto told = QJsonDocument::fromJson(QByteArray::fromStdString(version.out)).object();
        const QString minor = QStringLiteral("1.") + told[QLatin1String("minor")].toString();
        QProcess recorder;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("KUBECTL"), whereProgramsLie() + QStringLiteral("/kubectl"));
        recorder.setProcessEnvironment(environment);
        recorder.setProcessChannelMode(QProcess::MergedChannels);
        recorder.start(QStringLiteral("python3"),
                       {QStringLiteral(TESTS_DATA_DIR "/decode/record.py"),
                        QString::fromStdString(bed.kubeconfig().string()),
                        QString::fromStdString(bed.cluster(name).context()), m_folder.filePath(minor)});
        QVERIFY(recorder.waitForFinished(180000));
        QVERIFY2(recorder.exitCode() == 0, recorder.readAll().constData());
    }

private slots:
    void initTestCase() {
        TESTBED_UP({"newest"});
        testbed::ClusterOptions old;
        old.version = testbed::ApiVersion::Oldest;
        const std::string failed = testbed::Testbed::instance().up({"oldest"}, old);
        QVERIFY2(failed.empty(), failed.c_str());
        record("newest");
        record("oldest");
    }

    void judge_data() {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("function");
        QTest::newRow("cells") << "tst_decode" << "recordedCells";
        QTest::newRow("texts") << "tst_table_text" << "recordedTexts";
    }

    void judge() {
        QFETCH(QString, program);
        QFETCH(QString, function);
        QProcess judge;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QUARTERDECK_RECORDINGS"), m_folder.path());
        judge.setProcessEnvironment(environment);
        judge.setProcessChannelMode(QProcess::MergedChannels);
        judge.start(QStringLiteral(TESTS_BIN_DIR "/") + program, {function});
        QVERIFY(judge.waitForFinished(120000));
        QVERIFY2(judge.exitCode() == 0, judge.readAll().constData());
    }
};

QTEST_GUILESS_MAIN(TestDecodeReal)
#include "tst_decode_real.moc"
