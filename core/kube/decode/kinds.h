// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kube::decode {

struct TypedKind;

// One file a kind; registry.cpp lists them.
TypedKind podKind();
TypedKind nodeKind();
TypedKind namespaceKind();
TypedKind deploymentKind();
TypedKind replicaSetKind();
TypedKind statefulSetKind();
TypedKind daemonSetKind();
TypedKind jobKind();
TypedKind cronJobKind();
TypedKind serviceKind();
TypedKind endpointSliceKind();
TypedKind ingressKind();
TypedKind persistentVolumeClaimKind();
TypedKind persistentVolumeKind();
TypedKind eventKind();
TypedKind newEventKind();

} // namespace kube::decode
