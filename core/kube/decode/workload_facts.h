// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/object_meta.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kube::decode {

/// A metav1.LabelSelector.
struct SelectorFacts {
    struct Requirement {
        std::string_view key;
        std::string_view op;
        std::vector<std::string_view> values;
    };
    Texts labels;
    std::vector<Requirement> expressions;

    void clear() {
        labels.clear();
        expressions.clear();
    }
    /// As metav1.FormatLabelSelector: "a=b,c in (d,e),!f", "<none>" for none, `invalid` for one that makes no sense.
    void print(std::string& out, std::string_view none, std::string_view invalid);
};

/// What printing needs of a pod template.
struct TemplateFacts {
    std::string names; ///< Of the containers, with commas.
    std::string images;
    Texts nodeSelector;

    void clear() {
        names.clear();
        images.clear();
        nodeSelector.clear();
    }
};

struct ConditionFacts {
    std::string_view type;
    std::string_view status;
    std::string_view reason;
};

/// The first condition of the type, null if there is none.
const ConditionFacts* findCondition(const std::vector<ConditionFacts>& conditions, std::string_view type);
bool isTrue(const std::vector<ConditionFacts>& conditions, std::string_view type);

template <typename Value>
void readSelector(Value& selector, SelectorFacts& facts) {
    selector.fields([&facts](auto& field) {
        if (field.is("matchLabels", 1)) {
            field.texts(
                [&facts](std::string_view key, std::string_view value) { facts.labels.emplace_back(key, value); });
        } else if (field.is("matchExpressions", 2)) {
            field.each([&facts](auto& item) {
                SelectorFacts::Requirement& requirement = facts.expressions.emplace_back();
                item.fields([&requirement](auto& part) {
                    if (part.is("key", 1))
                        requirement.key = part.text();
                    else if (part.is("operator", 2))
                        requirement.op = part.text();
                    else if (part.is("values", 3))
                        part.each([&requirement](auto& value) { requirement.values.push_back(value.text()); });
                });
            });
        }
    });
}

template <typename Value>
void readTemplate(Value& podTemplate, TemplateFacts& facts) {
    const auto append = [](std::string& out, std::string_view name, bool isFirst) {
        if (!isFirst)
            out += ',';
        out += name;
    };
    podTemplate.fields([&](auto& field) {
        if (!field.is("spec", 2))
            return;
        bool isFirst = true;
        field.fields([&](auto& part) {
            if (part.is("containers", 2)) {
                part.each([&](auto& container) {
                    std::string_view name;
                    std::string_view image;
                    container.fields([&](auto& detail) {
                        if (detail.is("name", 1))
                            name = detail.text();
                        else if (detail.is("image", 2))
                            image = detail.text();
                    });
                    append(facts.names, name, isFirst);
                    append(facts.images, image, isFirst);
                    isFirst = false;
                });
            } else if (part.is("nodeSelector", 7)) {
                part.texts([&facts](std::string_view key, std::string_view value) {
                    facts.nodeSelector.emplace_back(key, value);
                });
            }
        });
    });
}

/// The spec of what keeps a number of pods of one template: deployments, replica sets, stateful sets.
struct ReplicatedSpec {
    std::int64_t replicas = 1;
    SelectorFacts selector;
    TemplateFacts podTemplate;

    void clear() {
        replicas = 1;
        selector.clear();
        podTemplate.clear();
    }
};

template <typename Value>
void readReplicatedSpec(Value& spec, ReplicatedSpec& facts) {
    spec.fields([&facts](auto& field) {
        if (field.is("replicas", 1))
            facts.replicas = field.integer();
        else if (field.is("selector", 2))
            readSelector(field, facts.selector);
        else if (field.is("template", 3))
            readTemplate(field, facts.podTemplate);
    });
}

/// `reasonTag`: workloads have the reason at 4, pods, nodes and jobs at 5.
template <typename Value>
void readCondition(Value& condition, int reasonTag, std::vector<ConditionFacts>& out) {
    ConditionFacts& facts = out.emplace_back();
    condition.fields([&facts, reasonTag](auto& part) {
        if (part.is("type", 1))
            facts.type = part.text();
        else if (part.is("status", 2))
            facts.status = part.text();
        else if (part.is("reason", reasonTag))
            facts.reason = part.text();
    });
}

} // namespace kube::decode
