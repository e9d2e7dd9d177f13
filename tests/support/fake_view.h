// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/view.h"
#include "core/kube/row_store.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// A pod as tests write it.
struct FakePod {
    std::string ns;
    std::string name;
    std::string uid;
    std::string status = "Running";
    std::string ready = "1/1";
    std::string node = "node-0";
    std::string ip = "10.0.0.1";
    std::int64_t restarts = 0;
    std::int64_t createdMs = 1'700'000'000'000;
    std::string labels;
    std::string owner;
};

/// A fleet::View over rows that a test puts in; deliver() hands the deltas over.
class FakeView final : public fleet::View {
public:
    explicit FakeView(std::size_t clusters)
        : m_layout(podLayout()) {
        m_spec.resource = "pods";
        for (std::size_t i = 0; i < clusters; ++i) {
            m_stores.emplace_back(m_layout);
            fleet::ViewPart part;
            part.cluster = id(i);
            part.phase = kube::WatchPhase::Live;
            m_parts.push_back(part);
        }
    }

    static fleet::ClusterId id(std::size_t cluster) { return {static_cast<std::uint16_t>(cluster)}; }

    static kube::RowLayoutPtr podLayout() {
        using kube::CellFormat;
        using kube::FieldType;
        using kube::SortKind;
        const std::vector<kube::Field> fields{{"ready", FieldType::Text},      {"status", FieldType::Text},
                                              {"restarts", FieldType::Number}, {"restarted", FieldType::Time},
                                              {"ip", FieldType::Text},         {"node", FieldType::Text}};
        const auto column = [](const char* columnId, const char* title, CellFormat format, SortKind sort,
                               std::uint16_t field, std::uint16_t field2 = 0, std::uint8_t priority = 0) {
            return kube::Column{columnId, title, {}, format, sort, field, field2, priority};
        };
        return std::make_shared<kube::RowLayout>(
            "pods", fields,
            std::vector<kube::Column>{
                column("name", "Name", CellFormat::Text, SortKind::Text, kube::kNameField),
                column("ready", "Ready", CellFormat::Text, SortKind::Ratio, 0),
                column("status", "Status", CellFormat::Text, SortKind::Text, 1),
                column("restarts", "Restarts", CellFormat::CountAgo, SortKind::Number, 2, 3),
                column("age", "Age", CellFormat::Age, SortKind::Time, kube::kCreatedField),
                column("ip", "IP", CellFormat::Text, SortKind::Address, 4, 0, 1),
                column("node", "Node", CellFormat::Text, SortKind::Text, 5, 0, 1),
            });
    }

    static void write(kube::RowBatch& batch, const FakePod& pod, std::uint64_t version) {
        batch.beginRow();
        batch.head().uid = kube::Uid::fromText(pod.uid, pod.ns, pod.name);
        batch.head().resourceVersion = version;
        batch.head().createdMs = pod.createdMs;
        batch.head().name = batch.intern(pod.name);
        batch.head().ns = batch.intern(pod.ns);
        batch.head().labels = batch.intern(pod.labels);
        batch.head().owner = batch.intern(pod.owner);
        batch.head().state = pod.status == "Running" ? kube::ObjectState::Good : kube::ObjectState::Broken;
        batch.setText(0, pod.ready);
        batch.setText(1, pod.status);
        batch.setNumber(2, pod.restarts);
        batch.setText(4, pod.ip);
        batch.setText(5, pod.node);
        batch.endRow();
    }

    /// Puts pods in and takes uids out; the delta waits for deliver().
    void change(std::size_t cluster, const std::vector<FakePod>& pods, const std::vector<kube::Uid>& removed = {}) {
        kube::RowBatch batch(m_layout);
        for (const FakePod& pod : pods)
            write(batch, pod, ++m_version);
        for (const kube::Uid& uid : removed)
            batch.remove(uid);
        kube::RowDelta delta;
        m_stores[cluster].apply(batch, delta);
        const auto append = [&](std::vector<fleet::RowId>& to, const std::vector<kube::RowHandle>& handles) {
            for (const kube::RowHandle handle : handles)
                to.push_back({id(cluster), handle});
        };
        append(m_delta.added, delta.added);
        append(m_delta.changed, delta.changed);
        append(m_delta.removed, delta.removed);
    }

    /// One change() at most for each cluster may lie before it.
    void deliver() {
        fleet::ViewDelta delta = std::exchange(m_delta, {});
        if (std::exchange(m_reset, false)) {
            delta = {};
            delta.reset = true;
        }
        deliver(delta);
    }
    void deliver(const fleet::ViewDelta& delta) {
        if (m_listener && m_active)
            m_listener(delta);
    }

    void setNow(std::int64_t now) { m_now = now; }
    std::vector<fleet::ViewPart>& partsToChange() { return m_parts; }
    kube::RowStore& store(std::size_t cluster) { return m_stores[cluster]; }

    [[nodiscard]] const fleet::ViewSpec& spec() const override { return m_spec; }
    [[nodiscard]] const std::vector<kube::Column>& columns() const override { return m_layout->columns(); }
    [[nodiscard]] bool isNamespaced() const override { return true; }
    [[nodiscard]] const std::vector<fleet::ViewPart>& parts() const override { return m_parts; }
    [[nodiscard]] std::vector<fleet::RowId> allRows() const override {
        std::vector<fleet::RowId> rows;
        for (std::size_t i = 0; i < m_stores.size() && m_active; ++i)
            m_stores[i].forEach([&](kube::RowHandle handle, kube::RowRef) { rows.push_back({id(i), handle}); });
        return rows;
    }
    [[nodiscard]] kube::RowRef row(fleet::RowId row) const override {
        return m_active ? m_stores[row.cluster.value].row(row.handle) : kube::RowRef();
    }
    [[nodiscard]] const kube::Column* columnOf(const kube::RowRef& row, std::size_t column) const override {
        return &row.layout().columns()[column];
    }
    [[nodiscard]] std::int64_t nowMs(fleet::ClusterId) const override { return m_now; }
    void onDelta(std::function<void(const fleet::ViewDelta&)> listener) override { m_listener = std::move(listener); }
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active) override {
        m_reset = m_reset || (active && !m_active);
        m_active = active;
    }

private:
    kube::RowLayoutPtr m_layout;
    fleet::ViewSpec m_spec;
    std::vector<kube::RowStore> m_stores;
    std::vector<fleet::ViewPart> m_parts;
    fleet::ViewDelta m_delta;
    std::function<void(const fleet::ViewDelta&)> m_listener;
    bool m_active = true;
    bool m_reset = false;
    std::int64_t m_now = 1'700'000'100'000;
    std::uint64_t m_version = 0;
};

/// Pods of a large cluster as a real one names them, in the server's order: workloads of some replicas in a few hundred
/// namespaces, plus pods of stateful sets.
inline std::vector<FakePod> manyPods(std::size_t count, unsigned seed) {
    static constexpr const char* kWords[] = {"checkout", "payments", "cart",    "catalog", "search", "inventory",
                                             "gateway",  "auth",     "session", "profile", "mailer", "ledger"};
    static constexpr char kLetters[] = "bcdfghjklmnpqrstvwxz2456789";
    std::mt19937 random(seed);
    const auto letters = [&](std::size_t length) {
        std::string out;
        for (std::size_t i = 0; i < length; ++i)
            out += kLetters[random() % (sizeof kLetters - 1)];
        return out;
    };
    std::vector<FakePod> pods;
    pods.reserve(count);
    while (pods.size() < count) {
        const std::string ns = "team-" + std::to_string(random() % 200);
        const bool stateful = random() % 20 == 0;
        const std::string stem = std::string(kWords[random() % 12]) + "-" + kWords[random() % 12] + "-" +
                                 (stateful ? std::to_string(random() % 1000) : letters(10)) + "-";
        for (std::size_t i = 0; i < 12 && pods.size() < count; ++i) {
            FakePod pod;
            pod.ns = ns;
            pod.name = stem + (stateful ? std::to_string(i) : letters(5));
            pod.uid = "uid-" + std::to_string(pods.size());
            pod.status = random() % 50 == 0 ? "CrashLoopBackOff" : "Running";
            pod.ready = random() % 50 == 0 ? "0/2" : "2/2";
            pod.node = "node-" + std::to_string(random() % 5000);
            pod.ip = "10." + std::to_string(random() % 256) + "." + std::to_string(random() % 256) + "." +
                     std::to_string(random() % 256);
            pod.restarts = static_cast<std::int64_t>(random() % 30);
            pod.createdMs = 1'690'000'000'000 + static_cast<std::int64_t>(random() % 1'000'000) * 1000;
            pods.push_back(pod);
        }
    }
    std::sort(pods.begin(), pods.end(), [](const FakePod& a, const FakePod& b) {
        return kube::compareServerOrder(a.ns, a.name, b.ns, b.name) < 0;
    });
    return pods;
}
