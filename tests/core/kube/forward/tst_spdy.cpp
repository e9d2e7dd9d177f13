// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/spdy.h"

#include <QtTest>

#include <zlib.h>

#include <algorithm>
#include <array>
#include <string>

using kube::SpdyEvent;
using kube::SpdyReader;
using kube::SpdyWriter;

namespace {

/// What a reader tells, pieces of data joined.
std::string heard(std::string_view bytes, std::size_t step, std::string* why = nullptr) {
    std::string all;
    bool inData = false;
    SpdyReader reader([&](const SpdyEvent& event) {
        const char* const names[] = {"reply", "data", "end", "reset", "ping", "goaway"};
        if (event.kind == SpdyEvent::Kind::Data && inData) {
            all.insert(all.size() - 1, event.data);
            return;
        }
        inData = event.kind == SpdyEvent::Kind::Data;
        all += names[static_cast<int>(event.kind)] + std::string(" ") + std::to_string(event.stream) + " " +
               std::to_string(event.value) + " " + std::string(event.data) + ";";
    });
    while (!bytes.empty() && reader.feed(bytes.substr(0, step)))
        bytes.remove_prefix(std::min(step, bytes.size()));
    if (why)
        *why = reader.why();
    return all;
}

std::string control(int type, const std::string& payload, int flags = 0, int version = 3) {
    const auto byte = [](std::size_t value) { return std::string(1, static_cast<char>(value)); };
    return "\x80" + byte(std::size_t(version)) + byte(0) + byte(std::size_t(type)) + byte(std::size_t(flags)) +
           byte(payload.size() >> 16U & 0xFFU) + byte(payload.size() >> 8U & 0xFFU) + byte(payload.size() & 0xFFU) +
           payload;
}

std::string number(unsigned value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(value >> unsigned(shift) & 0xFFU);
    return bytes;
}

} // namespace

class TestSpdy : public QObject {
    Q_OBJECT

private slots:
    void readsHoweverItIsCut() {
        const std::string bytes = control(4, number(1) + number(4) + number(100)) + // settings
                                  control(2, number(1) + std::string(700, 'h')) + control(2, number(3) + "hh", 1) +
                                  SpdyWriter::data(3, "hello") + SpdyWriter::data(3, {}) + control(6, number(2)) +
                                  control(9, number(3) + number(65536)) + control(3, number(1) + number(5)) +
                                  SpdyWriter::data(3, "bye", SpdyWriter::Last::Yes) +
                                  control(7, number(3) + number(0)) + SpdyWriter::data(1, {}, SpdyWriter::Last::Yes);
        const std::string expected = "reply 1 0 ;reply 3 0 ;end 3 0 ;data 3 0 hello;ping 0 2 ;reset 1 5 ;data 3 0 "
                                     "bye;end 3 0 ;goaway 0 0 ;end 1 0 ;";
        for (std::size_t step = 1; step < 40; ++step)
            QCOMPARE(heard(bytes, step), expected);
        QCOMPARE(heard(bytes, bytes.size()), expected);
    }

    void refusesWhatIsNoSpdy_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("another version") << QByteArray::fromStdString(control(2, number(1), 0, 2));
        QTest::newRow("short reset") << QByteArray::fromStdString(control(3, number(1)));
        QTest::newRow("short ping") << QByteArray::fromStdString(control(6, "ab"));
        QTest::newRow("empty reply") << QByteArray::fromStdString(control(2, {}));
    }
    void refusesWhatIsNoSpdy() {
        QFETCH(QByteArray, bytes);
        for (const std::size_t step : {std::size_t(1), std::size_t(100)}) {
            std::string why;
            QCOMPARE(heard(bytes.toStdString() + SpdyWriter::data(3, "late"), step, &why), std::string());
            QVERIFY(!why.empty());
        }
    }

    // Streams share what the compression has seen before.
    void headersCanBeReadInTheirOrder() {
        SpdyWriter writer;
        z_stream zip{};
        QCOMPARE(inflateInit(&zip), Z_OK);
        for (const unsigned stream : {1U, 3U}) {
            std::string frame = writer.open(stream, {{"streamtype", "data"}, {"port", "80"}});
            QCOMPARE(frame.substr(0, 4), std::string("\x80\x03\x00\x01", 4));
            QCOMPARE(frame.substr(8, 4), number(stream));
            QCOMPARE(std::size_t(static_cast<unsigned char>(frame[7])), frame.size() - 8);
            frame.erase(0, 18);
            std::array<char, 500> plain{};
            zip.next_in = reinterpret_cast<Bytef*>(frame.data());
            zip.avail_in = static_cast<uInt>(frame.size());
            zip.next_out = reinterpret_cast<Bytef*>(plain.data());
            zip.avail_out = plain.size();
            QCOMPARE(inflate(&zip, Z_SYNC_FLUSH), Z_OK);
            QCOMPARE(zip.avail_in, 0U);
            QCOMPARE(std::string(plain.data(), plain.size() - zip.avail_out), number(2) + number(10) + "streamtype" +
                                                                                  number(4) + "data" + number(4) +
                                                                                  "port" + number(2) + "80");
        }
        inflateEnd(&zip);
    }
};

QTEST_GUILESS_MAIN(TestSpdy)
#include "tst_spdy.moc"
