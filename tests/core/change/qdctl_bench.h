// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/child_process.h"
#include "tests/support/testbed.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// qdctl over real servers, with a journal of its own and nobody's keyring.
struct QdctlBench {
    QTemporaryDir folder;
    std::map<std::string, std::string> further; ///< Variables of its environment.

    [[nodiscard]] std::map<std::string, std::string> environment() const {
        std::map<std::string, std::string> all{{"XDG_STATE_HOME", folder.path().toStdString()},
                                               {"XDG_CONFIG_HOME", folder.path().toStdString()},
                                               {"DBUS_SESSION_BUS_ADDRESS", "disabled:"}};
        for (const auto& [name, value] : further)
            all[name] = value;
        return all;
    }
    static std::vector<std::string> command(const std::vector<std::string>& arguments) {
        std::vector<std::string> command{TESTS_BIN_DIR "/qdctl", "--kubeconfig",
                                         testbed::Testbed::instance().kubeconfig().string()};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return command;
    }
    [[nodiscard]] testbed::Ran run(const std::vector<std::string>& arguments) const {
        return testbed::run(command(arguments), {.input = {}, .environment = environment(), .folder = {}});
    }
    /// Beside the test, its output in log().
    bool start(testbed::ChildProcess& process, const std::vector<std::string>& arguments) const {
        QFile::remove(logFile());
        std::vector<std::string> words{"env"};
        for (const auto& [name, value] : environment())
            words.push_back(name + "=" + value);
        const std::vector<std::string> rest = command(arguments);
        words.insert(words.end(), rest.begin(), rest.end());
        return process.start(words, logFile().toStdString());
    }
    [[nodiscard]] QByteArray log() const {
        QFile file(logFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QString logFile() const { return folder.filePath("qdctl.log"); }

    static bool until(const std::function<bool()>& done, int ms = 60000) {
        QElapsedTimer timer;
        timer.start();
        while (!done()) {
            if (timer.elapsed() > ms)
                return false;
            QTest::qWait(50);
        }
        return true;
    }
    [[nodiscard]] QList<QByteArray> journal(const std::vector<std::string>& words = {}) const {
        std::vector<std::string> arguments{"journal", "--limit", "0", "--offline"};
        arguments.insert(arguments.end(), words.begin(), words.end());
        QList<QByteArray> lines = QByteArray::fromStdString(run(arguments).out).split('\n');
        lines.removeFirst();
        lines.removeAll(QByteArray());
        return lines;
    }
    /// The id of the newest set.
    [[nodiscard]] std::string newestSet() const {
        const QList<QByteArray> lines = journal();
        return lines.isEmpty() ? std::string() : lines.front().simplified().split(' ').value(1).toStdString();
    }
};
