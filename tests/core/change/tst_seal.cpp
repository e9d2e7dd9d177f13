// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/seal.h"

#include <QtTest>

#include <set>
#include <tuple>
#include <utility>

using base::ErrorCode;
using base::SecretKey;
using change::Image;
using change::SealSeat;

namespace {

const std::string kText = R"({"kind":"Secret","data":{"password":"Q29ycmVjdC1Ib3JzZQ=="}})";

SealSeat seat() {
    return {"20260102-150405-aaaaa", 3, {"north", "u-1"}, {"v1", "Secret", "shop", "db"}, {}};
}

SecretKey key(char fill = 'k') {
    return *SecretKey::fromBytes(std::string(SecretKey::kSize, fill));
}

std::string blobOf(const std::string& text = kText) {
    return change::sealed(text, key(), seat(), Image::Before).value();
}

} // namespace

class TestSeal : public QObject {
    Q_OBJECT

private slots:
    void givesBackWhatWasSealed_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("object") << QByteArray::fromStdString(kText);
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("zeros") << QByteArray(17, '\0');
        QTest::newRow("a megabyte") << QByteArray(1024 * 1024, 'x');
    }
    void givesBackWhatWasSealed() {
        QFETCH(QByteArray, text);
        const std::string blob = blobOf(text.toStdString());
        QCOMPARE(QByteArray::fromStdString(change::unsealed(blob, {key('a'), key()}, seat(), Image::Before).value()),
                 text);
        if (text.size() > 8)
            QVERIFY(blob.find(text.left(8).toStdString()) == std::string::npos);
    }

    // What lies on disks today is read by the programs of tomorrow.
    void keepsItsFormat() {
        const std::string blob = blobOf();
        QCOMPARE(blob.size(), 1 + 16 + 12 + kText.size() + 16);
        QCOMPARE(blob[0], char(1));
        QCOMPARE(blob.substr(1, 16), key().id());
        QCOMPARE(change::sealingKeyOf(blob), std::optional(key().id()));
        QCOMPARE(QByteArray::fromStdString(key().id()).toHex(), QByteArray("9be16dd7a55f4782ce7258d57440b22d"));
        // Made by another implementation of AES-256-GCM.
        const QByteArray known = QByteArray::fromHex(
            "019be16dd7a55f4782ce7258d57440b22d000102030405060708090a0b11ff9f476ab4a44f61c836e916a07c7ad4ccde"
            "05e807bebfd45e99c48359e347df5c11dcb4742b298db01c2cd42b3cfe5eaf88d9fb027117c24d22faea38020c6607f8"
            "708f334a10f708e7dd");
        const auto text = change::unsealed(known.toStdString(), {key()}, seat(), Image::Before);
        QVERIFY(text);
        QCOMPARE(*text, kText);
    }

    void neverUsesANonceTwice() {
        std::set<std::string> nonces;
        for (int i = 0; i < 1000; ++i)
            nonces.insert(blobOf("x").substr(17, 12));
        QCOMPARE(nonces.size(), std::size_t(1000));
    }

    void opensAtNoOtherPlace_data() {
        QTest::addColumn<QByteArray>("part");
        for (const char* part : {"image", "set", "number", "uid", "no uid", "version", "kind", "namespace", "name",
                                 "subresource", "shifted"})
            QTest::newRow(part) << QByteArray(part);
    }
    void opensAtNoOtherPlace() {
        QFETCH(QByteArray, part);
        SealSeat other = seat();
        Image image = Image::Before;
        if (part == "image")
            image = Image::After;
        else if (part == "set")
            other.set.back() = 'b';
        else if (part == "number")
            ++other.number;
        else if (part == "uid")
            other.cluster.uid = "u-2";
        else if (part == "no uid")
            other.cluster = {"u-1", {}};
        else if (part == "version")
            other.object.apiVersion = "v2";
        else if (part == "kind")
            other.object.kind = "ConfigMap";
        else if (part == "namespace")
            other.object.ns = "shoq";
        else if (part == "name")
            other.object.name = "dc";
        else if (part == "subresource")
            other.subresource = "x";
        else
            std::tie(other.object.ns, other.object.name) = std::pair("shopd", "b");
        const auto text = change::unsealed(blobOf(), {key()}, other, image);
        QVERIFY(!text);
        QCOMPARE(int(text.error().code), int(ErrorCode::BadInput));
    }

    // A renamed context is the same cluster where that has a uid.
    void opensUnderAnotherContext() {
        SealSeat other = seat();
        other.cluster.context = "north-by-another-name";
        QCOMPARE(change::unsealed(blobOf(), {key()}, other, Image::Before).value(), kText);
    }

    void refusesEveryTruncation() {
        const std::string blob = blobOf();
        for (std::size_t size = 0; size < blob.size(); ++size) {
            const auto text = change::unsealed(blob.substr(0, size), {key()}, seat(), Image::Before);
            QVERIFY(!text);
            QCOMPARE(int(text.error().code), int(ErrorCode::BadInput));
        }
        QVERIFY(!change::unsealed(blob + '\0', {key()}, seat(), Image::Before));
    }

    void refusesEveryOtherBit() {
        const std::string blob = blobOf();
        for (std::size_t bit = 0; bit < blob.size() * 8; ++bit) {
            std::string other = blob;
            other[bit / 8] = static_cast<char>(other[bit / 8] ^ 1 << bit % 8);
            const auto text = change::unsealed(other, {key()}, seat(), Image::Before);
            QVERIFY2(!text, std::to_string(bit).c_str());
            const ErrorCode code = text.error().code;
            if (bit < 8)
                QVERIFY(code == ErrorCode::Unsupported || code == ErrorCode::BadInput);
            else
                QCOMPARE(int(code), int(bit < 17 * 8 ? ErrorCode::NotFound : ErrorCode::BadInput));
        }
    }

    void saysThatAnotherKeyringSealedIt() {
        for (const auto& keys : {std::vector<SecretKey>(), std::vector{key('a'), key('b')}}) {
            const auto text = change::unsealed(blobOf(), keys, seat(), Image::Before);
            QVERIFY(!text);
            QCOMPARE(int(text.error().code), int(ErrorCode::NotFound));
            QVERIFY2(text.error().message.starts_with("another keyring sealed them"), text.error().message.c_str());
        }
    }

    void saysThatANewerVersionSealedIt() {
        std::string blob = blobOf();
        blob[0] = 2;
        QCOMPARE(int(change::unsealed(blob, {key()}, seat(), Image::Before).error().code), int(ErrorCode::Unsupported));
    }

    void makesKeys() {
        const SecretKey one = SecretKey::random().value();
        const SecretKey other = SecretKey::random().value();
        QVERIFY(one.bytes() != other.bytes());
        QVERIFY(one.id() != other.id());
        QCOMPARE(SecretKey::fromBytes(one.bytes())->id(), one.id());
        QVERIFY(!SecretKey::fromBytes(std::string(31, 'k')));
        QVERIFY(!SecretKey::fromBytes(std::string(33, 'k')));
        QVERIFY(one.bytes().find(one.id()) == std::string_view::npos);
    }
};

QTEST_GUILESS_MAIN(TestSeal)
#include "tst_seal.moc"
