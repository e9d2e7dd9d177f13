// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_lines.h"
#include "core/kube/streams/log_resume.h"

#include <QtTest>

#include <random>
#include <string>
#include <vector>

using kube::LogLine;
using kube::LogLineReader;
using kube::LogResume;

namespace {

const std::string kTime = "2026-01-01T10:00:00.000000001Z";

std::string timeAt(int second, int nano) {
    return QString::asprintf("2026-01-01T10:%02d:%02d.%09dZ", second / 60, second % 60, nano).toStdString();
}

std::vector<LogLine> read(const std::string& log, std::size_t step, std::size_t longest) {
    LogLineReader reader(longest);
    std::vector<LogLine> lines;
    for (std::size_t at = 0; at < log.size(); at += step)
        reader.feed(std::string_view(log).substr(at, step), lines);
    reader.finish(lines);
    return lines;
}

} // namespace

class TestLogLines : public QObject {
    Q_OBJECT

private slots:
    void linesAreCut_data() {
        QTest::addColumn<int>("step");
        for (const int step : {1, 2, 7, 31, 1000})
            QTest::addRow("%d at a time", step) << step;
    }
    void linesAreCut() {
        QFETCH(int, step);
        const std::string odd("\xff\0 odd", 6);
        const std::string log = kTime + " first\n" + kTime + " \n" + "no time\n" + kTime + " " + odd + "\n" + kTime +
                                " 12345678901\n" + kTime + " 0123456789\n" + kTime + " end";
        const auto lines = read(log, std::size_t(step), 10);
        const std::vector<LogLine> expected{{kTime, "first", true, true},       {kTime, "", true, true},
                                            {"", "no time", true, true},        {kTime, odd, true, true},
                                            {kTime, "1234567890", true, false}, {"", "1", false, true},
                                            {kTime, "0123456789", true, true},  {kTime, "end", true, false}};
        QCOMPARE(lines.size(), expected.size());
        for (std::size_t i = 0; i < lines.size(); ++i)
            QVERIFY2(lines[i] == expected[i], lines[i].text.c_str());
    }

    void longLinesCutAlikeHoweverTheyCome() {
        std::string log;
        std::mt19937 random(1);
        for (int i = 0; i < 40; ++i)
            log += kTime + " " + std::string(random() % 300, char('a' + i % 26)) + "\n";
        const auto whole = read(log, log.size(), 64);
        for (const std::size_t step : {std::size_t(1), std::size_t(33), std::size_t(64), std::size_t(101)}) {
            const auto pieces = read(log, step, 64);
            QCOMPARE(pieces.size(), whole.size());
            QVERIFY(pieces == whole);
        }
        std::string again;
        for (const LogLine& line : whole) {
            QVERIFY(line.text.size() <= 64);
            again += (line.startsLine ? kTime + " " : "") + line.text + (line.endsLine ? "\n" : "");
        }
        QVERIFY(again == log);
    }

    // Cut anywhere, again and again, with many lines in a second and equal ones among them: each comes once, in order.
    void resumeNeitherLosesNorDoubles() {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            std::vector<std::string> file;
            int second = 0;
            for (int i = 0; i < 60; ++i) {
                second += random() % 4 == 0 ? int(random() % 3) : 0;
                file.push_back(timeAt(second, int(random() % 2)) + " " + std::string(random() % 90, 'x') + "\n");
            }
            LogResume resume;
            std::vector<LogLine> seen;
            for (int attempt = 0;; ++attempt) {
                std::string sent;
                for (const std::string& line : file) {
                    if (resume.sinceTime().empty() || line.substr(0, 19) >= resume.sinceTime().substr(0, 19))
                        sent += line;
                }
                const bool isLast = attempt == 6;
                sent.resize(isLast ? sent.size() : random() % (sent.size() + 1));
                resume.restart();
                LogLineReader reader(32);
                std::vector<LogLine> lines;
                reader.feed(sent, lines);
                resume.filter(lines);
                seen.insert(seen.end(), lines.begin(), lines.end());
                if (isLast)
                    break;
            }
            std::string all;
            for (const std::string& line : file)
                all += line;
            QVERIFY2(seen == read(all, all.size(), 32), qPrintable(QString::number(round)));
        }
    }

    // The file was rotated while nobody looked: what is left of it is taken up where it goes on.
    void rotatedFileGoesOn() {
        LogResume resume;
        std::vector<LogLine> first{{timeAt(1, 1), "a"}, {timeAt(1, 2), "b"}, {timeAt(1, 3), "c"}};
        resume.restart();
        resume.filter(first);
        QCOMPARE(first.size(), std::size_t(3));
        QCOMPARE(resume.sinceTime(), std::string("2026-01-01T10:00:01Z"));
        resume.restart();
        std::vector<LogLine> then{{timeAt(1, 3), "c"}, {timeAt(1, 4), "d"}};
        resume.filter(then);
        QCOMPARE(then.size(), std::size_t(1));
        QCOMPARE(then[0].text, std::string("d"));
    }

    void zonesAreKept() {
        LogResume resume;
        resume.restart();
        std::vector<LogLine> lines{{"2026-01-01T10:00:00.5+08:00", "a"}};
        resume.filter(lines);
        QCOMPARE(resume.sinceTime(), std::string("2026-01-01T10:00:00+08:00"));
    }
};

QTEST_GUILESS_MAIN(TestLogLines)
#include "tst_log_lines.moc"
