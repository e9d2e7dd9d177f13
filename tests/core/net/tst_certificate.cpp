// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/certificate.h"
#include "tests/support/certificate_authority.h"

#include <QtTest>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <memory>

using namespace net;
using namespace std::string_literals;
using testsupport::CertificateAuthority;
using testsupport::Identity;

namespace {

constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;

struct Free {
    void operator()(BIO* p) const { BIO_free(p); }
    void operator()(X509* p) const { X509_free(p); }
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
    void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

std::string contents(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

/// A certificate that signs itself, with serial 0xA1B2 and the alternative names of SPIFFE and mail.
std::string selfSigned(EVP_PKEY* key) {
    const Owned<X509> certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), 0xA1B2);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("own"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    const Owned<X509_EXTENSION> names(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                                          "URI:spiffe://cluster.local/ns/shop,email:ops@example.org"));
    X509_add_ext(certificate.get(), names.get(), -1);
    // Ed25519 brings its own digest.
    X509_sign(certificate.get(), key, EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256());
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate.get());
    return contents(bio.get());
}

std::string encrypted(EVP_PKEY* key) {
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, EVP_aes_128_cbc(), "pass", 4, nullptr, nullptr);
    return contents(bio.get());
}

} // namespace

class TestCertificate : public QObject {
    Q_OBJECT
    CertificateAuthority m_authority{"root"};

private slots:
    void describesAChain() {
        const Identity server = m_authority.issue({"shop.example", {"shop.example", "*.shop.example", "10.0.0.1"}});
        const CertificateChain chain = readCertificateChain(server.certPem + m_authority.pem()).value();
        QCOMPARE(chain.certificates.size(), std::size_t(2));
        QVERIFY(chain.isInOrder());
        const ChainCertificate& leaf = chain.certificates[0];
        QCOMPARE(leaf.says.subject, "CN=shop.example"s);
        QCOMPARE(leaf.says.issuer, "CN=root"s);
        QCOMPARE(leaf.says.names, (std::vector<std::string>{"shop.example", "*.shop.example", "10.0.0.1"}));
        QCOMPARE(leaf.says.notAfterMs - leaf.says.notBeforeMs, std::int64_t(90000) * 1000);
        QCOMPARE(leaf.keyType, "ECDSA P-256"s);
        QCOMPARE(leaf.keyBits, 0);
        QVERIFY(!leaf.isAuthority);
        QVERIFY(!leaf.isSelfSigned);
        QVERIFY(chain.certificates[1].isAuthority);
        QVERIFY(chain.certificates[1].isSelfSigned);
        QCOMPARE(leaf.fingerprint.size(), std::size_t(32 * 3 - 1));
        QVERIFY(leaf.fingerprint != chain.certificates[1].fingerprint);
    }

    void namesKeysAndNumbers() {
        const Owned<EVP_PKEY> rsa(EVP_RSA_gen(2048));
        const CertificateChain chain = readCertificateChain(selfSigned(rsa.get())).value();
        const ChainCertificate& one = chain.certificates[0];
        QCOMPARE(one.keyType, "RSA"s);
        QCOMPARE(one.keyBits, 2048);
        QCOMPARE(one.serial, "A1:B2"s);
        QVERIFY(one.isSelfSigned);
        QCOMPARE(one.says.names, (std::vector<std::string>{"spiffe://cluster.local/ns/shop", "ops@example.org"}));
        const Owned<EVP_PKEY> edwards(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
        QCOMPARE(readCertificateChain(selfSigned(edwards.get())).value().certificates[0].keyType, "Ed25519"s);
    }

    void fingerprintsAsOpenSslDoes() {
        const std::string pem = m_authority.pem();
        const QByteArray body = QByteArray::fromStdString(pem)
                                    .replace("-----BEGIN CERTIFICATE-----", "")
                                    .replace("-----END CERTIFICATE-----", "")
                                    .replace('\n', "");
        const QByteArray digest =
            QCryptographicHash::hash(QByteArray::fromBase64(body), QCryptographicHash::Sha256).toHex(':').toUpper();
        QCOMPARE(QByteArray::fromStdString(readCertificateChain(pem).value().certificates[0].fingerprint), digest);
    }

    void seesAChainOutOfOrder() {
        const Identity server = m_authority.issue({});
        const CertificateAuthority other("root"); // The same name, another key.
        const CertificateChain turned = readCertificateChain(m_authority.pem() + server.certPem).value();
        QVERIFY(!turned.isInOrder());
        QCOMPARE(turned.brokenAt, std::size_t(0));
        QVERIFY(!readCertificateChain(server.certPem + other.pem()).value().isInOrder());
        QVERIFY(readCertificateChain(server.certPem).value().isInOrder());
    }

    void tellsWhoseKeyItIs() {
        const Identity one = m_authority.issue({});
        const Identity other = m_authority.issue({});
        QVERIFY(fitOf(one.keyPem, one.certPem + m_authority.pem()) == KeyFit::Fits);
        QVERIFY(fitOf(other.keyPem, one.certPem) == KeyFit::Differs);
        QVERIFY(fitOf("no key", one.certPem) == KeyFit::Unreadable);
        QVERIFY(fitOf("", one.certPem) == KeyFit::Unreadable);
        QVERIFY(fitOf(one.keyPem, "no certificate") == KeyFit::Unreadable);
        const Owned<EVP_PKEY> rsa(EVP_RSA_gen(2048));
        QVERIFY(fitOf(encrypted(rsa.get()), selfSigned(rsa.get())) == KeyFit::Encrypted);
    }

    void passesOverOtherBlocks() {
        const Identity one = m_authority.issue({});
        const CertificateChain chain =
            readCertificateChain("words before\n" + one.keyPem + one.certPem + "words after\n").value();
        QCOMPARE(chain.certificates.size(), std::size_t(1));
        QVERIFY(hasCertificates(one.certPem));
        QVERIFY(!hasCertificates(one.keyPem));
    }

    void saysWhatIsDamaged_data() {
        QTest::addColumn<QByteArray>("pem");
        QTest::addColumn<QByteArray>("says");
        const QByteArray whole = QByteArray::fromStdString(m_authority.pem());
        QTest::newRow("nothing") << QByteArray() << QByteArray("no certificate");
        QTest::newRow("words") << QByteArray("hello") << QByteArray("no certificate");
        QTest::newRow("a key") << QByteArray::fromStdString(m_authority.issue({}).keyPem)
                               << QByteArray("no certificate");
        QTest::newRow("cut") << whole + whole.left(whole.size() / 2) << QByteArray("certificate 2 is damaged");
        QTest::newRow("no base64") << QByteArray(whole).replace(40, 4, "!!!!")
                                   << QByteArray("certificate 1 is damaged");
        QTest::newRow("no X.509") << QByteArray("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                                  << QByteArray("certificate 1 is damaged: it is no X.509");
    }

    void saysWhatIsDamaged() {
        QFETCH(QByteArray, pem);
        QFETCH(QByteArray, says);
        const auto read = readCertificateChain(pem.toStdString());
        QVERIFY(!read);
        QVERIFY(read.error().code == base::ErrorCode::BadInput);
        QVERIFY2(read.error().message.find(says.toStdString()) != std::string::npos, read.error().message.c_str());
    }

    void survivesAnyDamage() {
        const std::string whole = m_authority.pem();
        for (std::size_t i = 0; i < whole.size(); ++i) {
            std::string damaged = whole;
            damaged[i] = static_cast<char>(damaged[i] ^ 1);
            (void)readCertificateChain(damaged);
            (void)readCertificateChain(whole.substr(0, i));
            (void)fitOf(damaged, whole);
        }
    }

    void countsDays() {
        QCOMPARE(daysLeft(10 * kDay, 0), std::int64_t(10));
        QCOMPARE(daysLeft(10 * kDay - 1, 0), std::int64_t(9));
        QCOMPARE(daysLeft(kDay, kDay), std::int64_t(0));
        QCOMPARE(daysLeft(0, 1), std::int64_t(-1));
        QCOMPARE(daysLeft(0, kDay), std::int64_t(-1));
        QCOMPARE(daysLeft(0, kDay + 1), std::int64_t(-2));
    }
};

QTEST_APPLESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
