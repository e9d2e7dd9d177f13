// SPDX-License-Identifier: GPL-3.0-or-later
//
// What qdctl apply and diff make of files and options; no servers are asked.
#include "tests/support/child_process.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

class TestQdctlApply : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] testbed::Ran qdctl(const std::vector<std::string>& arguments) const {
        std::vector<std::string> command{TESTS_BIN_DIR "/qdctl", "--kubeconfig",
                                         m_folder.filePath("kubeconfig").toStdString()};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return testbed::run(
            command, {.input = {}, .environment = {{"QUARTERDECK_HOME", m_folder.path().toStdString()}}, .folder = {}});
    }
    std::string write(const char* name, const QByteArray& text) const {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", name);
        return file.fileName().toStdString();
    }
    static QByteArray setOf(const QByteArray& name, const QByteArray& kind = "ConfigMap",
                            const QByteArray& change = "verb: delete") {
        return "apiVersion: quarterdeck/v1\nkind: ChangeSet\noperations:\n- cluster: {context: away}\n  " + change +
               "\n  object: {apiVersion: v1, kind: " + kind + ", namespace: default, name: " + name + "}\n";
    }

private slots:
    void initTestCase() {
        write("kubeconfig", "apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n");
        QVERIFY(QDir().mkpath(m_folder.filePath("sets")));
        QVERIFY(QDir().mkpath(m_folder.filePath("mixed")));
        write("sets/a.yml", setOf("a"));
        write("sets/b.yaml", setOf("b"));
        write("mixed/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n");
        write("mixed/set.yaml", setOf("c"));
    }

    void takesOneSetAtATime_data() {
        QTest::addColumn<QByteArrayList>("files");
        QTest::addColumn<QByteArrayList>("named");
        QTest::newRow("folder") << QByteArrayList{"sets"}
                                << QByteArrayList{"one change set at a time", "a.yml", "b.yaml"};
        QTest::newRow("files") << QByteArrayList{"sets/a.yml", "sets/b.yaml"}
                               << QByteArrayList{"one change set at a time", "a.yml", "b.yaml"};
        QTest::newRow("three") << QByteArrayList{"sets", "mixed/set.yaml"}
                               << QByteArrayList{"one change set at a time", "a.yml", "b.yaml", "set.yaml"};
        QTest::newRow("with manifests") << QByteArrayList{"mixed"} << QByteArrayList{"without manifests", "set.yaml"};
    }
    void takesOneSetAtATime() {
        QFETCH(QByteArrayList, files);
        QFETCH(QByteArrayList, named);
        for (const char* command : {"apply", "diff"}) {
            std::vector<std::string> arguments{command};
            for (const QByteArray& file : files) {
                arguments.push_back("-f");
                arguments.push_back(m_folder.filePath(QString::fromUtf8(file)).toStdString());
            }
            const testbed::Ran ran = qdctl(arguments);
            QVERIFY2(ran.exitCode == 2, ran.err.c_str());
            QCOMPARE(ran.out, std::string());
            for (const QByteArray& part : named)
                QVERIFY2(QByteArray::fromStdString(ran.err).contains(part), ran.err.c_str());
            QCOMPARE(QByteArray::fromStdString(ran.err).count('\n'), 1);
        }
    }

    void writesNoSetElsewhere_data() {
        QTest::addColumn<QByteArrayList>("options");
        QTest::newRow("clusters") << QByteArrayList{"--clusters", "staging"};
        QTest::newRow("context") << QByteArrayList{"--context", "staging"};
        QTest::newRow("all") << QByteArrayList{"--clusters", "all"};
        QTest::newRow("namespace") << QByteArrayList{"-n", "team-a"};
    }
    void writesNoSetElsewhere() {
        QFETCH(QByteArrayList, options);
        for (const char* command : {"apply", "diff"}) {
            std::vector<std::string> arguments{command, "-f", m_folder.filePath("sets/a.yml").toStdString()};
            for (const QByteArray& option : options)
                arguments.push_back(option.toStdString());
            const testbed::Ran ran = qdctl(arguments);
            QVERIFY2(ran.exitCode == 2, ran.err.c_str());
            const QByteArray said = QByteArray::fromStdString(ran.err);
            QVERIFY2(said.contains(options.front() == "-n" ? "-n " : "--clusters "), ran.err.c_str());
            QVERIFY2(said.contains("a.yml is a change set"), ran.err.c_str());
            QCOMPARE(said.count('\n'), 1);
        }
    }
    void keepsSavedSecretsToTheOwner_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<int>("mode");
        const QByteArray data = R"({"data":{"pass":"bmV3LW9uZQ=="}})";
        QTest::newRow("secret") << QByteArray("Secret") << data << false << 0600;
        QTest::newRow("over another") << QByteArray("Secret") << data << true << 0600;
        QTest::newRow("label of a secret")
            << QByteArray("Secret") << QByteArray(R"({"metadata":{"labels":{"a":"b"}}})") << false << 0640;
        QTest::newRow("config map") << QByteArray("ConfigMap") << data << false << 0640;
        QTest::newRow("config map over another") << QByteArray("ConfigMap") << data << true << 0664;
    }
    void keepsSavedSecretsToTheOwner() {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, body);
        QFETCH(bool, isThere);
        QFETCH(int, mode);
        const std::string target = m_folder.filePath("target.yaml").toStdString();
        const std::string saved = m_folder.filePath("saved.yaml").toStdString();
        QFile::remove(m_folder.filePath("target.yaml"));
        QFile::remove(m_folder.filePath("saved.yaml"));
        if (isThere) {
            // What a link leads to is replaced, not the link.
            write("target.yaml", "old");
            QCOMPARE(::chmod(target.c_str(), 0664), 0);
            QCOMPARE(::symlink(target.c_str(), saved.c_str()), 0);
        }
        const std::string set = write("db.yaml", setOf("db", kind, "verb: merge-patch\n  body: " + body));
        const mode_t umask = ::umask(0027);
        const testbed::Ran ran = qdctl({"apply", "-f", set, "--save", saved});
        ::umask(umask);
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        struct stat info{};
        QCOMPARE(::stat(saved.c_str(), &info), 0);
        QCOMPARE(int(info.st_mode & ALLPERMS), mode);
        QCOMPARE(QFileInfo(QString::fromStdString(saved)).isSymLink(), isThere);
        QCOMPARE(ran.err.find("values of 1 secret in clear") != std::string::npos, mode == 0600);
        QFile file(QString::fromStdString(saved));
        QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().startsWith("apiVersion: quarterdeck/v1"));
    }
    void savesWhy() {
        const std::string set = m_folder.filePath("sets/a.yml").toStdString();
        for (const char* option : {"--intent", "--message", "-m"}) {
            const testbed::Ran ran = qdctl({"apply", "-f", set, "--save", "/dev/stdout", option, "Ticket 7\n"});
            QVERIFY2(ran.exitCode == 0, ran.err.c_str());
            QVERIFY2(ran.out.find("\nintent: Ticket 7\n") != std::string::npos, ran.out.c_str());
        }
    }
    void savesIntoAPipe() {
        const testbed::Ran ran =
            qdctl({"apply", "-f", m_folder.filePath("sets/a.yml").toStdString(), "--save", "/dev/stdout"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QVERIFY2(ran.out.starts_with("apiVersion: quarterdeck/v1"), ran.out.c_str());
        QVERIFY(QFileInfo("/dev/stdout").isSymLink());
    }
    void saysWhyNothingWasSaved() {
        const testbed::Ran ran = qdctl({"apply", "-f", m_folder.filePath("sets/a.yml").toStdString(), "--save",
                                        m_folder.filePath("nowhere/a.yaml").toStdString()});
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.err.find("nowhere/a.yaml: No such file") != std::string::npos, ran.err.c_str());
    }
};

QTEST_GUILESS_MAIN(TestQdctlApply)
#include "tst_qdctl_apply.moc"
