// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/cluster_registry.h"
#include "core/fleet/place.h"

#include <QtTest>

#include <set>

class TestPlace : public QObject {
    Q_OBJECT

private slots:
    void nodesTellTheirPlace_data() {
        QTest::addColumn<std::string>("providerId");
        QTest::addColumn<std::string>("labels");
        QTest::addColumn<std::string>("provider");
        QTest::addColumn<std::string>("region");
        const auto row = [](const char* name, const char* id, const char* labels, const char* provider,
                            const char* region) {
            QTest::newRow(name) << std::string(id) << std::string(labels) << std::string(provider)
                                << std::string(region);
        };
        row("aws", "aws:///eu-west-1a/i-0abc", "", "AWS", "eu-west-1");
        row("label wins", "aws:///eu-west-1a/i-0abc", "topology.kubernetes.io/region=eu-west-9", "AWS", "eu-west-9");
        row("local zone", "aws:///us-west-2-lax-1a/i-0", "", "AWS", "us-west-2-lax-1");
        row("gce", "gce://project/europe-west1-b/vm-1", "", "GCP", "europe-west1");
        row("azure", "azure:///subscriptions/x", "a=b,topology.kubernetes.io/region=westeurope", "Azure", "westeurope");
        row("openstack", "openstack:///uuid", "", "OpenStack", "");
        row("vsphere", "vsphere://uuid", "", "vSphere", "");
        row("kind", "kind://docker/kind/kind-worker", "", "kind", "");
        row("k3s", "k3s://node", "node.kubernetes.io/instance-type=k3s", "k3s", "");
        row("k3s by label", "", "node.kubernetes.io/instance-type=k3s", "k3s", "");
        row("eks by label", "", "eks.amazonaws.com/nodegroup=a", "AWS", "");
        row("unknown cloud", "mycloud://1", "", "mycloud", "");
        row("old label", "", "failure-domain.beta.kubernetes.io/region=r1", "", "r1");
        row("nothing", "", "", "", "");
        row("no separator", "garbage", "x", "", "");
        row("empty aws", "aws://", "", "AWS", "");
        row("gce without zone", "gce://project", "", "GCP", "");
    }

    void nodesTellTheirPlace() {
        QFETCH(std::string, providerId);
        QFETCH(std::string, labels);
        QFETCH(std::string, provider);
        QFETCH(std::string, region);
        const fleet::NodePlace place = fleet::placeOfNode(providerId, labels);
        QCOMPARE(place.provider, provider);
        QCOMPARE(place.region, region);
    }

    void versionsTellTheirDistribution() {
        QCOMPARE(fleet::providerOfVersion("v1.30.2+k3s1"), std::string("k3s"));
        QCOMPARE(fleet::providerOfVersion("v1.29.6-eks-1552ad0"), std::string("AWS"));
        QCOMPARE(fleet::providerOfVersion("v1.31.1-gke.1678000"), std::string("GCP"));
        QCOMPARE(fleet::providerOfVersion("v1.36.3"), std::string());
    }

    void wayInIsChosenByRule() {
        const auto way = [](const char* context, bool plugin = false, bool broken = false) {
            fleet::WayIn in;
            in.context = context;
            in.needsPlugin = plugin;
            if (broken)
                in.problems.emplace_back();
            return in;
        };
        const std::vector<fleet::WayIn> ways = {way("broken", false, true), way("plugin", true), way("plain"),
                                                way("current", true)};
        QCOMPARE(fleet::chooseWayIn(ways, "plugin", "current"), std::size_t(1));
        QCOMPARE(fleet::chooseWayIn(ways, {}, "current"), std::size_t(3));
        QCOMPARE(fleet::chooseWayIn(ways, "gone", "elsewhere"), std::size_t(2));
        QCOMPARE(fleet::chooseWayIn({way("broken", false, true)}, {}, {}), std::size_t(0));
    }

    void huesAreStable() {
        QCOMPARE(fleet::hueOfName("paris"), fleet::hueOfName("paris"));
        std::set<int> hues;
        for (int i = 0; i < 200; ++i) {
            const int hue = fleet::hueOfName("cluster-" + std::to_string(i));
            QVERIFY(hue >= 0 && hue < 8);
            hues.insert(hue);
        }
        QCOMPARE(hues.size(), std::size_t(8));
    }
};

QTEST_GUILESS_MAIN(TestPlace)
#include "tst_place.moc"
