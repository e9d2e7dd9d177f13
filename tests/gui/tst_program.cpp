// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

// The program as it is shipped, from its command line.
class TestProgram : public QObject {
    Q_OBJECT
private slots:
    void writesAPictureAndEnds();
    void tellsItsTimings();
    void saysThatThereIsNoDisplay();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();

private:
    struct Ended {
        int exitCode;
        QString errors;
    };
    Ended run(const QStringList& arguments, const QProcessEnvironment& environment);
    static QProcessEnvironment environment(const QTemporaryDir& home);
};

QProcessEnvironment TestProgram::environment(const QTemporaryDir& home) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QUARTERDECK_HOME"), home.path());
    environment.insert(QStringLiteral("KUBECONFIG"), home.filePath(QStringLiteral("none")));
    return environment;
}

TestProgram::Ended TestProgram::run(const QStringList& arguments, const QProcessEnvironment& environment) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(TESTS_BIN_DIR "/quarterdeck"), arguments);
    if (!process.waitForFinished(60'000))
        process.kill();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardError())};
}

void TestProgram::writesAPictureAndEnds() {
    const QTemporaryDir home;
    const QString file = home.filePath(QStringLiteral("picture.png"));
    const Ended ended =
        run({QStringLiteral("--size"), QStringLiteral("1000x700"), QStringLiteral("--screenshot"), file},
            environment(home));
    QCOMPARE(ended.exitCode, 0);
    const QImage image(file);
    QCOMPARE(image.size(), QSize(1000, 700));
}

void TestProgram::tellsItsTimings() {
    const QTemporaryDir home;
    const Ended ended = run({QStringLiteral("--timings"), QStringLiteral("--language"), QStringLiteral("en"),
                             QStringLiteral("--screenshot"), home.filePath(QStringLiteral("picture.png"))},
                            environment(home));
    QCOMPARE(ended.exitCode, 0);
    const QRegularExpression painted(QStringLiteral("^timing: painted after \\d+ ms$"),
                                     QRegularExpression::MultilineOption);
    const QRegularExpression complete(QStringLiteral("^timing: Fleet, .* complete after \\d+ ms$"),
                                      QRegularExpression::MultilineOption);
    QVERIFY2(ended.errors.count(painted) == 1 && ended.errors.count(complete) == 1, qPrintable(ended.errors));
}

void TestProgram::saysThatThereIsNoDisplay() {
    const QTemporaryDir home;
    QProcessEnvironment bare = environment(home);
    bare.remove(QStringLiteral("DISPLAY"));
    bare.remove(QStringLiteral("WAYLAND_DISPLAY"));
    bare.remove(QStringLiteral("QT_QPA_PLATFORM"));
    const Ended ended = run({}, bare);
    QCOMPARE(ended.exitCode, 1);
    QVERIFY2(ended.errors.contains(QStringLiteral("no display")), qPrintable(ended.errors));
    QVERIFY(ended.errors.contains(QStringLiteral("--screenshot")));
    // A picture needs none.
    const QString file = home.filePath(QStringLiteral("picture.png"));
    QCOMPARE(run({QStringLiteral("--screenshot"), file}, bare).exitCode, 0);
    QVERIFY(QFile::exists(file));
}

void TestProgram::refusesWhatItDoesNotKnow_data() {
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char* name, const QStringList& arguments) { QTest::newRow(name) << arguments; };
    row("option", {QStringLiteral("--nonsense")});
    row("argument", {QStringLiteral("nonsense")});
    row("theme", {QStringLiteral("--theme"), QStringLiteral("pink")});
    row("size", {QStringLiteral("--size"), QStringLiteral("big")});
    row("context", {QStringLiteral("--context"), QStringLiteral("nowhere")});
}

void TestProgram::refusesWhatItDoesNotKnow() {
    QFETCH(QStringList, arguments);
    const QTemporaryDir home;
    const Ended ended = run(arguments, environment(home));
    QCOMPARE(ended.exitCode, 2);
    QVERIFY(!ended.errors.isEmpty());
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
