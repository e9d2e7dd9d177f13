// SPDX-License-Identifier: GPL-3.0-or-later
//
// The desktop's keyring, on a session bus of the test's own.
#include "core/base/secret_service.h"
#include "tests/support/session_bus.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <thread>

using base::Cancel;
using base::CancelToken;
using base::ErrorCode;
using base::SecretKey;
using base::SecretServiceKeyring;
using testbed::SessionBus;
using namespace std::chrono_literals;

class TestSecretService : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionBus> m_bus;

    static std::vector<std::string> idsOf(const base::Result<std::vector<SecretKey>>& keys) {
        std::vector<std::string> ids;
        if (!keys)
            return {keys.error().message};
        for (const SecretKey& key : *keys)
            ids.push_back(key.id());
        return ids;
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_bus = std::make_unique<SessionBus>(m_folder->filePath("bus").toStdString());
        for (const auto& [name, value] : m_bus->environment())
            qputenv(name.c_str(), value.c_str());
    }
    void cleanup() { m_bus.reset(); }

    void keepsKeys() {
        QCOMPARE(m_bus->start(), std::string());
        QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        SecretServiceKeyring keyring("journal");
        QCOMPARE(idsOf(keyring.keys({})), std::vector<std::string>());
        const SecretKey key = SecretKey::random().value();
        const auto added = keyring.add(key, {});
        QVERIFY2(added, added ? "" : added.error().message.c_str());
        QCOMPARE(idsOf(keyring.keys({})), std::vector{key.id()});
        QVERIFY(keyring.keys({})->front().bytes() == key.bytes());
        // Another purpose is another matter, and another key no replacement.
        QCOMPARE(idsOf(SecretServiceKeyring("logins").keys({})), std::vector<std::string>());
        const SecretKey second = SecretKey::random().value();
        QVERIFY(keyring.add(second, {}));
        QVERIFY(keyring.add(second, {}));
        const auto both = idsOf(keyring.keys({}));
        QCOMPARE(both.size(), std::size_t(2));
        QVERIFY(std::find(both.begin(), both.end(), key.id()) != both.end());
        // It outlives the daemon.
        m_bus->stopKeyring();
        QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        QCOMPARE(idsOf(keyring.keys({})), both);
    }

    void saysThatThereIsNoBus() {
        for (const char* address : {"unix:path=/nowhere/bus", "disabled:", ""}) {
            qputenv("DBUS_SESSION_BUS_ADDRESS", address);
            const auto keys = SecretServiceKeyring("journal").keys({});
            QVERIFY(!keys);
            QCOMPARE(int(keys.error().code), int(ErrorCode::NotFound));
            QVERIFY2(keys.error().message.starts_with("there is no desktop session here"),
                     keys.error().message.c_str());
            const auto added = SecretServiceKeyring("journal").add(SecretKey::random().value(), {});
            QVERIFY(!added);
            QCOMPARE(int(added.error().code), int(ErrorCode::NotFound));
        }
    }

    void saysThatThereIsNoKeyring() {
        QCOMPARE(m_bus->start(), std::string());
        const auto keys = SecretServiceKeyring("journal").keys({});
        QVERIFY(!keys);
        QVERIFY2(keys.error().message.starts_with("this session has no keyring: start"), keys.error().message.c_str());
        QCOMPARE(int(keys.error().code), int(ErrorCode::NotFound));
    }

    // Nobody is there to be asked for the password.
    void saysThatItIsLocked() {
        QCOMPARE(m_bus->start(), std::string());
        QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        SecretServiceKeyring keyring("journal");
        QVERIFY(keyring.add(SecretKey::random().value(), {}));
        QVERIFY(m_bus->lockKeyring());
        const auto keys = keyring.keys({});
        QVERIFY2(!keys, std::to_string(keys ? keys->size() : 0).c_str());
        QCOMPARE(int(keys.error().code), int(ErrorCode::Forbidden));
        QVERIFY2(keys.error().message.find("locked") != std::string::npos, keys.error().message.c_str());
    }

    void doesNotWaitForOneThatHangs() {
        QCOMPARE(m_bus->start(), std::string());
        QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        SecretServiceKeyring keyring("journal", {.quiet = 300ms, .prompt = 300ms});
        QVERIFY(keyring.keys({}));
        m_bus->pauseKeyring();
        QElapsedTimer timer;
        timer.start();
        const auto keys = keyring.keys({});
        QVERIFY(!keys);
        QCOMPARE(int(keys.error().code), int(ErrorCode::TimedOut));
        QVERIFY2(timer.elapsed() < 5000, std::to_string(timer.elapsed()).c_str());
        QCOMPARE(int(keyring.add(SecretKey::random().value(), {}).error().code), int(ErrorCode::TimedOut));
        m_bus->resumeKeyring();
        QVERIFY(SecretServiceKeyring("journal").keys({}));
    }

    void givesUpWhenToldTo() {
        QCOMPARE(m_bus->start(), std::string());
        QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        m_bus->pauseKeyring();
        Cancel cancel = Cancel::create();
        const CancelToken token = cancel.token();
        std::optional<ErrorCode> code;
        std::thread asking([&] { code = SecretServiceKeyring("journal").keys(token).error().code; });
        cancel.cancel();
        asking.join();
        QCOMPARE(int(*code), int(ErrorCode::TimedOut));
    }

    // The end of a session is not the end of the program.
    void outlivesTheBus() {
        QCOMPARE(m_bus->start(), std::string());
        QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        SecretServiceKeyring keyring("journal");
        QVERIFY(keyring.add(SecretKey::random().value(), {}));
        m_bus.reset();
        QVERIFY(!keyring.keys({}));
        init();
        QCOMPARE(m_bus->start(), std::string());
        QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        QVERIFY(keyring.keys({}));
    }
};

QTEST_GUILESS_MAIN(TestSecretService)
#include "tst_secret_service.moc"
