// SPDX-License-Identifier: GPL-3.0-or-later
// What kubectl describe and get -o yaml|json say of objects on a real server, held against ours: each line that kubectl
// describe prints stands in the summary, YAML and JSON are equal byte for byte.
#include "core/base/age.h"
#include "core/base/clock.h"
#include "core/kube/describe/summary.h"
#include "core/kube/yaml_text.h"
#include "tests/support/testbed.h"

#include <QtTest>

#include <ctime>
#include <set>
#include <sstream>
#include <string>

namespace {

// Blanks folded to one, colons and list dashes gone: kubectl aligns by tabs and nests by indentation, we by structure.
std::string folded(std::string_view line) {
    std::string result;
    bool blank = true;
    for (const char c : line) {
        if (c == ':')
            continue;
        if (c == '\r') { // kubectl makes it visible
            result += "\\r";
            continue;
        }
        if (c == ' ' || c == '\t') {
            blank = true;
            continue;
        }
        if (blank && !result.empty())
            result += ' ';
        blank = false;
        result += c;
    }
    return result.starts_with("- ") ? result.substr(2) : result;
}

std::string longTime(std::int64_t ms) {
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm local{};
    localtime_r(&seconds, &local);
    char buffer[64];
    return std::string(buffer, std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S %z", &local));
}

class SaidLines {
public:
    explicit SaidLines(const kube::Summary& summary) {
        addItems(summary.items);
        for (const kube::SummaryTable& table : summary.tables)
            addTable(table);
    }

    [[nodiscard]] bool has(const std::string& line) const {
        if (m_lines.contains(line))
            return true;
        // A row of which kubectl shows fewer columns, or a text that kubectl cuts short.
        const std::string start = line.ends_with("...") ? line.substr(0, line.size() - 3) : line + " ";
        const auto next = m_lines.lower_bound(start);
        return next != m_lines.end() && next->starts_with(start);
    }

private:
    void add(const std::string& line) { m_lines.insert(folded(line)); }

    void addItems(const std::vector<kube::SummaryItem>& items) {
        for (const kube::SummaryItem& item : items) {
            add(item.label);
            add(item.label + " " + item.value);
            if (item.timeMs != 0)
                add(item.label + " " + longTime(item.timeMs));
            std::istringstream lines(item.value);
            bool first = true;
            for (std::string line; std::getline(lines, line); first = false) {
                add(line);
                // A long annotation stands below its key, a field reference without the value that we show.
                if (const std::size_t colon = line.find(": "); colon != std::string::npos)
                    add(line.substr(colon + 2));
                if (const std::size_t source = line.find(" (v1:"); source != std::string::npos)
                    add(item.label + line.substr(source));
                if (first)
                    add(item.label + " " + line);
            }
            addItems(item.children);
        }
    }

    void addTable(const kube::SummaryTable& table) {
        add(table.title);
        std::istringstream words(table.title);
        for (std::string word; words >> word;)
            add("Name " + word);
        std::string header;
        for (const std::string& column : table.columns)
            header += column + " ";
        add(header);
        for (const auto& row : table.rows) {
            add(row.front().value);
            // Ages tick while kubectl runs.
            for (std::int64_t ago = 0; ago < 15000; ago += 1000) {
                std::string all;
                std::string tail;
                for (std::size_t i = 0; i < row.size(); ++i) {
                    std::string cell = row[i].value;
                    if (row[i].timeMs != 0)
                        cell = table.columns[i] == "Age"
                                   ? base::humanDuration(base::SystemClock().nowMs() - ago - row[i].timeMs)
                                   : longTime(row[i].timeMs);
                    all += cell + " ";
                    if (i > 0)
                        tail += cell + " ";
                }
                add(all);
                add(tail);
            }
        }
    }

    std::set<std::string> m_lines;
};

bool isRuler(const std::string& line) {
    return line.find_first_not_of("-= ") == std::string::npos;
}

} // namespace

class TestDescribeAgreement : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        TESTBED_UP({"describe"});
        const testbed::Ran applied = kubectl({"apply", "--server-side", "-f", TESTS_DATA_DIR "/describe/objects.yaml"});
        QVERIFY2(applied.exitCode == 0, applied.err.c_str());
        const testbed::Ran ready = kubectl({"-n", "shop", "rollout", "status", "deployment/cart", "--timeout=60s"});
        Q_UNUSED(ready); // pods may wait for volumes; what they say then is compared all the same
    }

    void saysWhatKubectlDescribes_data() { addObjects(); }
    void saysWhatKubectlDescribes() {
        QFETCH(QString, object);
        QFETCH(QString, ns);
        std::string missing;
        // Controllers write while we read: a difference counts when it stays.
        for (int attempt = 0; attempt < 5; ++attempt) {
            missing = missingLines(object.toStdString(), ns.toStdString());
            if (missing.empty())
                return;
        }
        QVERIFY2(missing.empty(), missing.c_str());
    }

    void writesYamlAndJsonAsKubectl_data() { addObjects(); }
    void writesYamlAndJsonAsKubectl() {
        QFETCH(QString, object);
        QFETCH(QString, ns);
        for (const auto managed : {kube::ManagedFields::Folded, kube::ManagedFields::Shown}) {
            bool equal = false;
            std::string ours;
            std::string theirs;
            for (int attempt = 0; attempt < 5 && !equal; ++attempt) {
                const std::string raw = fetch(object.toStdString(), ns.toStdString());
                QVERIFY(!raw.empty());
                const auto show = managed == kube::ManagedFields::Shown ? "--show-managed-fields=true"
                                                                        : "--show-managed-fields=false";
                theirs = kubectl({"get", object.toStdString(), "-n", ns.toStdString(), "-o", "yaml", show}).out;
                ours = kube::toYaml(raw, managed).value();
                const std::string theirJson =
                    kubectl({"get", object.toStdString(), "-n", ns.toStdString(), "-o", "json", show}).out;
                const std::string ourJson = kube::toIndentedJson(raw, managed).value();
                equal = ours == theirs && ourJson == theirJson;
                if (ours == theirs && !equal) {
                    ours = ourJson;
                    theirs = theirJson;
                }
            }
            if (!equal)
                QVERIFY2(equal, firstDifference(ours, theirs).c_str());
        }
    }

private:
    static testbed::Ran kubectl(std::vector<std::string> arguments) {
        return testbed::Testbed::instance().cluster("describe").kubectl(std::move(arguments));
    }

    static void addObjects() {
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("ns");
        const auto add = [](const char* kind, const char* ns) {
            std::istringstream names(kubectl({"get", kind, "-n", ns, "-o", "name"}).out);
            int count = 0;
            for (std::string name; std::getline(names, name) && count < 12; ++count)
                QTest::newRow((std::string(ns) + " " + name).c_str())
                    << QString::fromStdString(name) << QString::fromUtf8(ns);
        };
        for (const char* kind : {"pods", "deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs",
                                 "services", "ingresses", "endpointslices", "persistentvolumeclaims", "configmaps"})
            add(kind, "shop");
        for (const char* kind : {"nodes", "namespaces", "persistentvolumes"})
            add(kind, "default");
        add("leases", "kube-node-lease");
    }

    // The bytes as the API server gives them.
    static std::string fetch(const std::string& object, const std::string& ns) {
        const std::string link = kubectl({"get", object, "-n", ns, "-o",
                                          "go-template={{.apiVersion}} {{.metadata.name}} {{.metadata.namespace}}"})
                                     .out;
        std::istringstream words(link);
        std::string version;
        std::string name;
        std::string itsNamespace;
        words >> version >> name >> itsNamespace;
        std::string plural = object.substr(0, object.find('/'));
        plural = plural.substr(0, plural.find('.'));
        plural += plural.ends_with("s") ? "es" : "s";
        std::string path = version.find('/') == std::string::npos ? "/api/" : "/apis/";
        path += version + "/";
        if (itsNamespace != "<no" && !itsNamespace.empty())
            path += "namespaces/" + itsNamespace + "/";
        return kubectl({"get", "--raw", path + plural + "/" + name}).out;
    }

    static std::string missingLines(const std::string& object, const std::string& ns) {
        const std::string raw = fetch(object, ns);
        kube::Related related;
        const auto queries = kube::relatedQueries(raw);
        if (!queries)
            return queries.error().message;
        for (const kube::RelatedQuery& query : *queries) {
            const testbed::Ran answer = kubectl({"get", "--raw", query.target});
            if (answer.exitCode == 0)
                related[query.id] = answer.out;
        }
        const auto summary = kube::summarize(raw, related);
        if (!summary)
            return summary.error().message;
        const SaidLines said(*summary);
        std::istringstream lines(kubectl({"describe", object, "-n", ns, "--show-events=false"}).out);
        std::string missing;
        for (std::string line; std::getline(lines, line);) {
            const std::string text = folded(line);
            if (text.empty() || isRuler(text) || text.starts_with("(Total limits may be over"))
                continue;
            if (text == "BinaryData" || text == "Resource Quotas" || text == "Resource Limits")
                continue;
            if (!said.has(text))
                missing += "[" + text + "] ";
        }
        return missing;
    }

    static std::string firstDifference(const std::string& ours, const std::string& theirs) {
        std::istringstream a(ours);
        std::istringstream b(theirs);
        std::string x;
        std::string y;
        while (std::getline(a, x) && std::getline(b, y)) {
            if (x != y)
                return "ours: " + x + "\ntheirs: " + y;
        }
        return "one ends before the other";
    }
};

QTEST_GUILESS_MAIN(TestDescribeAgreement)
#include "tst_describe_agreement.moc"
