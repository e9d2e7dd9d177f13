// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/paths.h"
#include "core/fleet/settings.h"
#include "core/fleet/settings_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <thread>

using fleet::Setting;
using fleet::Settings;

class TestSettings : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_next = 0;

    std::string fresh() { return m_folder.path().toStdString() + "/" + std::to_string(++m_next) + "/settings.json"; }

    static void overwrite(const std::string& path, const QByteArray& content) {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

private slots:
    void everySettingHasOneRow() {
        std::set<std::string> names;
        for (const fleet::SettingInfo& info : Settings::table())
            QVERIFY(names.insert(std::to_string(int(info.scope)) + std::string(info.name)).second);
        for (int i = 0; i <= int(Setting::WindowState); ++i)
            QVERIFY(std::ranges::find(Settings::table(), Setting(i), &fleet::SettingInfo::setting) !=
                    Settings::table().end());
    }

    void defaultsHoldUntilSet() {
        Settings settings(fresh());
        QCOMPARE(settings.text(Setting::Theme), std::string("auto"));
        QCOMPARE(settings.number(Setting::Hue, "c1"), -1);
        QVERIFY(!settings.flag(Setting::Protected, "c1"));
        QVERIFY(settings.list(Setting::Columns, "pods").empty());
    }

    void everyTypeSurvivesARestart() {
        const std::string file = fresh();
        {
            Settings settings(file);
            settings.set(Setting::Theme, std::string("dark"));
            settings.set(Setting::Protected, true, "c1");
            settings.set(Setting::Hue, std::int64_t(3), "c1");
            settings.set(Setting::Columns, std::vector<std::string>{"name", "age"}, "pods");
        }
        struct stat info{};
        QCOMPARE(stat(file.c_str(), &info), 0);
        QCOMPARE(int(info.st_mode & 0777), 0600);
        Settings settings(file);
        QCOMPARE(settings.text(Setting::Theme), std::string("dark"));
        QVERIFY(settings.flag(Setting::Protected, "c1"));
        QVERIFY(!settings.flag(Setting::Protected, "c2"));
        QCOMPARE(settings.number(Setting::Hue, "c1"), 3);
        QCOMPARE(settings.list(Setting::Columns, "pods"), (std::vector<std::string>{"name", "age"}));
        settings.set(Setting::Theme, std::string("auto"));
        QVERIFY(fleet::readWhole(file)->find("theme") == std::string::npos);
    }

    void whatWeDoNotKnowIsKept() {
        const std::string file = fresh();
        fleet::makePrivateFolder(file.substr(0, file.rfind('/')));
        overwrite(file, R"({"theme": "light", "future": {"a": [1, 2]}, "clusters": {"c1": {"colour": "mauve"}}})");
        Settings settings(file);
        settings.set(Setting::Protected, true, "c1");
        const std::string content = *fleet::readWhole(file);
        QVERIFY(content.find("future") != std::string::npos);
        QVERIFY(content.find("mauve") != std::string::npos);
        QVERIFY(content.find("protected") != std::string::npos);
    }

    void wrongTypesFallBack() {
        const std::string file = fresh();
        fleet::makePrivateFolder(file.substr(0, file.rfind('/')));
        overwrite(file, R"({"theme": 7, "clusters": [], "kinds": {"pods": {"columns": "name"}}})");
        Settings settings(file);
        QCOMPARE(settings.text(Setting::Theme), std::string("auto"));
        QVERIFY(settings.list(Setting::Columns, "pods").empty());
        settings.set(Setting::Protected, true, "c1");
        QVERIFY(settings.flag(Setting::Protected, "c1"));
    }

    void twoProgramsLoseNothing() {
        const std::string file = fresh();
        Settings window(file);
        Settings headless(file);
        int told = 0;
        const base::Cancel listening = window.onChange([&] { ++told; });
        headless.set(Setting::Protected, true, "c1");
        window.set(Setting::Theme, std::string("dark"));
        QVERIFY(window.flag(Setting::Protected, "c1"));
        QVERIFY(headless.refresh());
        QCOMPARE(headless.text(Setting::Theme), std::string("dark"));
        QVERIFY(!headless.refresh());
        told = 0;
        headless.set(Setting::Language, std::string("zh_CN"));
        QVERIFY(window.refresh());
        QCOMPARE(told, 1);
        QCOMPARE(window.text(Setting::Language), std::string("zh_CN"));
    }

    void manyWritersAtOnceLoseNothing() {
        const std::string file = fresh();
        std::vector<std::thread> writers;
        for (int writer = 0; writer < 4; ++writer) {
            writers.emplace_back([&file, writer] {
                for (int i = 0; i < 10; ++i) {
                    Settings settings(file);
                    settings.set(Setting::Protected, true, std::to_string(writer) + "-" + std::to_string(i));
                }
            });
        }
        for (std::thread& writer : writers)
            writer.join();
        const Settings settings(file);
        for (int writer = 0; writer < 4; ++writer) {
            for (int i = 0; i < 10; ++i)
                QVERIFY(settings.flag(Setting::Protected, std::to_string(writer) + "-" + std::to_string(i)));
        }
    }

    void brokenFileIsPutAsideNotLost() {
        const std::string file = fresh();
        fleet::makePrivateFolder(file.substr(0, file.rfind('/')));
        overwrite(file, "{ \"theme\": ");
        Settings settings(file);
        QVERIFY(settings.problem().has_value());
        QCOMPARE(settings.text(Setting::Theme), std::string("auto"));
        QCOMPARE(*fleet::readWhole(file), std::string("{ \"theme\": "));
        settings.set(Setting::Theme, std::string("dark"));
        QCOMPARE(*fleet::readWhole(file + ".broken"), std::string("{ \"theme\": "));
        QCOMPARE(Settings(file).text(Setting::Theme), std::string("dark"));
    }

    void memoryAloneWithoutAFile() {
        Settings settings{std::string()};
        settings.set(Setting::Theme, std::string("dark"));
        QCOMPARE(settings.text(Setting::Theme), std::string("dark"));
    }

    void pathsFollowTheEnvironment() {
        qputenv("QUARTERDECK_HOME", "/q");
        QCOMPARE(fleet::Paths::fromEnvironment().state, std::string("/q/state"));
        qunsetenv("QUARTERDECK_HOME");
        qputenv("XDG_CONFIG_HOME", "/c");
        qputenv("XDG_STATE_HOME", "relative");
        qputenv("HOME", "/h");
        QCOMPARE(fleet::Paths::fromEnvironment().settingsFile(), std::string("/c/quarterdeck/settings.json"));
        QCOMPARE(fleet::Paths::fromEnvironment().state, std::string("/h/.local/state/quarterdeck"));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
