// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/image_sealer.h"
#include "core/change/journal_keys.h"

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <optional>
#include <thread>

using base::ErrorCode;
using base::Result;
using base::SecretKey;
using change::JournalKeys;

namespace {

/// Counts what it is asked, and fails or hangs as told.
class CountingKeyring final : public base::Keyring {
public:
    std::atomic<int> asked = 0;
    std::atomic<bool> isLocked = false;
    std::atomic<bool> isSlow = false;
    std::atomic<std::thread::id> askedOn;
    base::MemoryKeyring kept;

    Result<std::vector<SecretKey>> keys(const base::CancelToken& token) override {
        ++asked;
        askedOn = std::this_thread::get_id();
        std::atomic<bool> isCancelled = false;
        if (isSlow) {
            token.onCancel([&isCancelled] {
                isCancelled = true;
                isCancelled.notify_all();
            });
            isCancelled.wait(false);
        }
        if (isLocked || isCancelled)
            return base::fail(ErrorCode::Forbidden, "locked");
        return kept.keys(token);
    }
    Result<void> add(const SecretKey& key, const base::CancelToken& token) override { return kept.add(key, token); }
};

SecretKey key(char fill) {
    return *SecretKey::fromBytes(std::string(SecretKey::kSize, fill));
}

} // namespace

class TestJournalKeys : public QObject {
    Q_OBJECT

    base::ManualExecutor m_home;
    std::shared_ptr<CountingKeyring> m_keyring;
    std::unique_ptr<JournalKeys> m_keys;

    Result<SecretKey> toSeal() {
        std::optional<Result<SecretKey>> answer;
        const base::Cancel cancel = m_keys->toSeal([&](Result<SecretKey> key) {
            answer = std::move(key);
            m_home.stop();
        });
        (void)m_home.runFor(60000);
        return *answer;
    }
    Result<std::vector<SecretKey>> toUnseal(const std::vector<std::string>& ids) {
        std::optional<Result<std::vector<SecretKey>>> answer;
        const base::Cancel cancel = m_keys->toUnseal(ids, [&](Result<std::vector<SecretKey>> keys) {
            answer = std::move(keys);
            m_home.stop();
        });
        (void)m_home.runFor(60000);
        return *answer;
    }

private slots:
    void init() {
        m_keyring = std::make_shared<CountingKeyring>();
        m_keys = std::make_unique<JournalKeys>(m_keyring, m_home);
    }
    void cleanup() { m_keys.reset(); }

    void asksOnceAndElsewhere() {
        QCOMPARE(int(m_keyring->asked), 0);
        QVERIFY(m_keyring->kept.add(key('a'), {}));
        const std::string id = toSeal().value().id();
        QCOMPARE(id, key('a').id());
        QVERIFY(m_keyring->askedOn.load() != std::this_thread::get_id());
        QCOMPARE(toSeal().value().id(), id);
        QCOMPARE(toUnseal({id}).value().size(), std::size_t(1));
        QCOMPARE(int(m_keyring->asked), 1);
    }

    void makesTheFirstKeyAndKeepsIt() {
        const std::string id = toSeal().value().id();
        QCOMPARE(m_keyring->kept.keys({}).value().front().id(), id);
        m_keys = std::make_unique<JournalKeys>(m_keyring, m_home);
        QCOMPARE(toSeal().value().id(), id);
    }

    // Opening never makes one.
    void makesNoneToOpen() {
        QVERIFY(toUnseal({key('a').id()}).value().empty());
        QVERIFY(m_keyring->kept.keys({}).value().empty());
    }

    // Another program made it since; one that is nowhere is looked for once.
    void looksAgainForAKeyThatItDoesNotKnow() {
        QVERIFY(m_keyring->kept.add(key('a'), {}));
        QVERIFY(toSeal());
        QVERIFY(m_keyring->kept.add(key('b'), {}));
        QCOMPARE(toUnseal({key('b').id()}).value().size(), std::size_t(2));
        QCOMPARE(int(m_keyring->asked), 2);
        QCOMPARE(toUnseal({key('c').id()}).value().size(), std::size_t(2));
        QCOMPARE(toUnseal({key('c').id(), key('b').id()}).value().size(), std::size_t(2));
        QCOMPARE(int(m_keyring->asked), 3);
    }

    void comesBackOnceItIsUnlocked() {
        m_keyring->isLocked = true;
        QCOMPARE(int(toSeal().error().code), int(ErrorCode::Forbidden));
        QCOMPARE(toUnseal({key('a').id()}).error().message, std::string("locked"));
        m_keyring->isLocked = false;
        QVERIFY(toSeal());
    }

    void saysThatThereIsNone() {
        m_keys = std::make_unique<JournalKeys>(nullptr, m_home);
        QCOMPARE(int(toSeal().error().code), int(ErrorCode::NotFound));
        QCOMPARE(int(toUnseal({key('a').id()}).error().code), int(ErrorCode::NotFound));
    }

    void tellsNobodyWhoDoesNotWait() {
        bool told = false;
        m_keyring->isSlow = true;
        base::Cancel cancel = m_keys->toSeal([&told](const Result<SecretKey>&) { told = true; });
        cancel.cancel();
        // A question that is open is given up at the end.
        m_keys.reset();
        m_home.runPending();
        QVERIFY(!told);
    }

    void hidesAndReveals() {
        change::JournalRecord record;
        record.entry.set = "20260102-150405-aaaaa";
        record.entry.object = {"v1", "Secret", "shop", "db"};
        record.operation.object = record.entry.object;
        record.operation.body = R"({"data":{"p":"bmV3"}})";
        record.operation.before = R"({"kind":"Secret","data":{"p":"b2xk"}})";
        const change::JournalRecord clear = record;
        const change::ImageSealer sealer(key('a'));
        sealer.hide(record);
        change::JournalClose close;
        close.after = R"({"kind":"Secret","data":{"p":"bmV3"}})";
        sealer.hide(close, change::seatOf(record));
        record.after = close.after;
        record.sealed->after = close.sealed->after;
        for (const std::string* text : {&record.operation.body, &record.operation.before, &record.after,
                                        &record.sealed->body, &record.sealed->before, &record.sealed->after})
            QVERIFY(text->find("bmV3") == std::string::npos && text->find("b2xk") == std::string::npos);
        QVERIFY(record.hidesSecrets);
        change::JournalRecord other = record;
        change::reveal(other, std::vector{key('b'), key('a')});
        QCOMPARE(other.operation.body, clear.operation.body);
        QCOMPARE(other.operation.before, clear.operation.before);
        QVERIFY(!other.hidesSecrets && other.whyHidden.empty());
        // All or nothing, and why.
        const auto refuses = [](change::JournalRecord hidden, const Result<std::vector<SecretKey>>& keys,
                                const char* why) {
            change::reveal(hidden, keys);
            QVERIFY(hidden.hidesSecrets);
            QVERIFY(hidden.operation.body.find("bmV3") == std::string::npos);
            QVERIFY2(hidden.whyHidden.find(why) != std::string::npos, hidden.whyHidden.c_str());
        };
        refuses(record, std::vector{key('b')}, "another keyring sealed them");
        refuses(record, base::fail(ErrorCode::Forbidden, "it is locked"), "cannot be opened: it is locked");
        other = record;
        std::swap(other.sealed->before, other.sealed->after);
        refuses(other, std::vector{key('a')}, "damaged");
        other.sealed.reset();
        refuses(other, std::vector{key('a')}, "written before they could be sealed");
        other = clear;
        change::ImageSealer(base::fail(ErrorCode::NotFound, "no bus")).hide(other);
        refuses(other, std::vector{key('a')}, "no key to seal them with when it was written: no bus");
    }
};

QTEST_GUILESS_MAIN(TestJournalKeys)
#include "tst_journal_keys.moc"
