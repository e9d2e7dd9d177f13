// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/proxy.h"

#include <QtTest>

class TestProxyRules : public QObject {
    Q_OBJECT

private slots:
    void environment_data() {
        QTest::addColumn<QString>("noProxy");
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("proxied");
        QTest::newRow("plain") << "" << "https://example.com" << true;
        QTest::newRow("localhost") << "" << "https://localhost:6443" << false;
        QTest::newRow("loopback") << "" << "https://127.3.2.1" << false;
        QTest::newRow("loopback v6") << "" << "https://[::1]:6443" << false;
        QTest::newRow("star") << "a, *" << "https://example.com" << false;
        QTest::newRow("same name") << "example.com" << "https://example.com" << false;
        QTest::newRow("case") << "EXAMPLE.com" << "https://Example.COM" << false;
        QTest::newRow("subdomain") << "example.com" << "https://api.example.com" << false;
        QTest::newRow("name that ends alike") << "example.com" << "https://badexample.com" << true;
        QTest::newRow("leading dot, itself") << ".example.com" << "https://example.com" << true;
        QTest::newRow("leading dot, below") << ".example.com" << "https://a.example.com" << false;
        QTest::newRow("star dot, itself") << "*.example.com" << "https://example.com" << true;
        QTest::newRow("star dot, below") << "*.example.com" << "https://a.b.example.com" << false;
        QTest::newRow("port, same") << "example.com:6443" << "https://example.com:6443" << false;
        QTest::newRow("port, other") << "example.com:6443" << "https://example.com" << true;
        QTest::newRow("scheme's port") << "example.com:443" << "https://example.com" << false;
        QTest::newRow("address") << "10.0.0.1" << "https://10.0.0.1:6443" << false;
        QTest::newRow("address with port") << "10.0.0.1:80" << "https://10.0.0.1:6443" << true;
        QTest::newRow("other address") << "10.0.0.1" << "https://10.0.0.11" << true;
        QTest::newRow("CIDR in") << "10.96.0.0/12" << "https://10.100.0.1" << false;
        QTest::newRow("CIDR out") << "10.96.0.0/12" << "https://10.112.0.1" << true;
        QTest::newRow("CIDR v6 in") << "fd00::/8" << "https://[fd12::1]:6443" << false;
        QTest::newRow("CIDR v6 out") << "fd00::/8" << "https://[fe80::1]" << true;
        QTest::newRow("CIDR of everything v4") << "0.0.0.0/0" << "https://9.9.9.9" << false;
        QTest::newRow("CIDR does not resolve names") << "0.0.0.0/0" << "https://example.com" << true;
        QTest::newRow("spaces and empty ones") << " , example.com ,," << "https://example.com" << false;
    }
    void environment() {
        QFETCH(QString, noProxy);
        QFETCH(QString, url);
        QFETCH(bool, proxied);
        net::ProxyEnvironment rules;
        rules.https = "http://proxy:3128";
        rules.noProxy = noProxy.toStdString();
        const auto parts = net::splitUrl(url.toStdString());
        QVERIFY(parts.has_value());
        QCOMPARE(rules.proxyFor(*parts), proxied ? rules.https : std::string());
    }

    void names() {
        for (const char* name : {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
            qunsetenv(name);
        qputenv("https_proxy", "lower");
        qputenv("ALL_PROXY", "all");
        QCOMPARE(net::ProxyEnvironment::read().https, std::string("lower"));
        QCOMPARE(net::ProxyEnvironment::read().http, std::string());
        qputenv("HTTPS_PROXY", "upper");
        qputenv("HTTP_PROXY", "plain");
        QCOMPARE(net::ProxyEnvironment::read().https, std::string("upper"));
        QCOMPARE(net::ProxyEnvironment::read().http, std::string("plain"));
        qputenv("REQUEST_METHOD", "GET");
        QCOMPARE(net::ProxyEnvironment::read().http, std::string());
        for (const char* name : {"HTTP_PROXY", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "REQUEST_METHOD"})
            qunsetenv(name);
    }

    void curlForm_data() {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("bare") << "proxy:3128" << "http://proxy:3128";
        QTest::newRow("no port") << "http://proxy" << "http://proxy:80";
        QTest::newRow("no port, slash") << "https://proxy/" << "https://proxy:443";
        QTest::newRow("no port, user") << "http://me:word@proxy" << "http://me:word@proxy:80";
        QTest::newRow("socks5") << "socks5://proxy:1080" << "socks5h://proxy:1080";
        QTest::newRow("socks5h") << "socks5h://u:p@proxy" << "socks5h://u:p@proxy:1080";
        QTest::newRow("v6") << "http://[::1]:3128" << "http://[::1]:3128";
        QTest::newRow("v6, no port") << "http://[::1]" << "http://[::1]:80";
        QTest::newRow("unknown scheme") << "ftp://proxy" << "";
        QTest::newRow("nothing") << "http://" << "";
    }
    void curlForm() {
        QFETCH(QString, given);
        QFETCH(QString, wanted);
        QCOMPARE(QString::fromStdString(net::curlProxyUrl(given.toStdString()).value_or("")), wanted);
    }
};

QTEST_GUILESS_MAIN(TestProxyRules)
#include "tst_proxy_rules.moc"
