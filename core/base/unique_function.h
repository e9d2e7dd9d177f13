// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace base {

template <typename Signature>
class UniqueFunction;

/// A move-only std::function: callables that own move-only things travel through executors with it. Calling an empty
/// one is undefined.
template <typename R, typename... Args>
class UniqueFunction<R(Args...)> {
public:
    UniqueFunction() = default;
    UniqueFunction(std::nullptr_t) {}

    template <typename F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, UniqueFunction> &&
                 std::is_invocable_r_v<R, std::decay_t<F>&, Args...>)
    UniqueFunction(F&& function)
        : m_target(std::make_unique<Target<std::decay_t<F>>>(std::forward<F>(function))) {}

    R operator()(Args... args) const { return m_target->call(std::forward<Args>(args)...); }
    explicit operator bool() const { return m_target != nullptr; }

private:
    struct Callable {
        virtual ~Callable() = default;
        virtual R call(Args... args) = 0;
    };
    template <typename F>
    struct Target final : Callable {
        explicit Target(F f)
            : function(std::move(f)) {}
        R call(Args... args) override { return function(std::forward<Args>(args)...); }
        F function;
    };
    std::unique_ptr<Callable> m_target;
};

} // namespace base
