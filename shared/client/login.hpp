// Who this client is, or wants to be: the credentials somebody typed, or the session that a server gave. Says which
// message logs in; forgets a password as soon as it has been answered. Owned by Core.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "client/client.hpp"

namespace parley::client {

struct RegisterWish {
    OpId op;  // of an outbox of its own: nothing may wait behind a registration that was given up
    AccountName account;
    Password password;
    Text<limits::kInviteCode> invite;
};
struct LogInWish {
    AccountName account;
    Password password;
};

class Login {
  public:
    using Wish = std::variant<std::monostate, RegisterWish, LogInWish>;

    void wish(Wish wish) {
        wish_ = std::move(wish);
        asked_.reset();
        retry_at_.reset();
    }
    void resume(SavedSession session) {
        wish(std::monostate{});
        session_ = std::move(session);
    }
    void forget() {
        wish(std::monostate{});
        session_.reset();
    }
    [[nodiscard]] bool wants_in() const { return has_wish() || session_.has_value(); }
    [[nodiscard]] bool has_wish() const { return wish_.index() != 0; }
    [[nodiscard]] const Wish& current_wish() const { return wish_; }
    [[nodiscard]] const std::optional<SavedSession>& session() const { return session_; }

    // A login was sent under this request and waits for its answer (a registration is known by its OpId).
    void asked(RequestId request) {
        asked_ = request;
        retry_at_.reset();
    }
    [[nodiscard]] bool is_asked() const { return asked_.has_value(); }
    [[nodiscard]] bool is_answered_by(const Refused& refused) const {
        if (!asked_) return false;
        const auto* registration = std::get_if<RegisterWish>(&wish_);
        if (refused.op) return registration != nullptr && registration->op == *refused.op;
        return refused.request == *asked_ && registration == nullptr;
    }
    void connection_lost() {
        asked_.reset();
        retry_at_.reset();
    }
    void retry_at(std::int64_t monotonic_ms) {
        asked_.reset();
        retry_at_ = monotonic_ms;
    }
    [[nodiscard]] std::optional<std::int64_t> deadline() const { return retry_at_; }

    // Welcome came. True: the session to be saved has changed.
    [[nodiscard]] bool succeeded(const std::optional<Token>& token) {
        const auto account = wished_account();
        connection_lost();
        wish_ = std::monostate{};
        if (!token) return false;
        session_ = SavedSession{*token, account};
        return true;
    }

  private:
    [[nodiscard]] std::string wished_account() const {
        if (const auto* registration = std::get_if<RegisterWish>(&wish_)) return registration->account.str();
        if (const auto* log_in = std::get_if<LogInWish>(&wish_)) return log_in->account.str();
        return session_ ? session_->account : std::string();
    }

    Wish wish_;
    std::optional<SavedSession> session_;
    std::optional<RequestId> asked_;
    std::optional<std::int64_t> retry_at_;
};

}  // namespace parley::client
