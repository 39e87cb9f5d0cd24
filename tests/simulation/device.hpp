// One client program of one person: the real client core, its socket in the simulated network, and its browser's
// storage, if that keeps operations. It does what the core asks for, and writes down what the core tells. It can end at
// any moment, and begin anew.
#pragma once

#include <memory>
#include <set>

#include "simulation/ledger.hpp"
#include "simulation/network.hpp"
#include "simulation/storage.hpp"
#include "simulation/witness.hpp"
#include "simulation/writing_order.hpp"

namespace parley::simulation {

struct Person {
    std::string account;
    std::string password;
    UserId user;  // nobody until she has an account
};

// What the tabs of one browser share.
struct Browser {
    std::optional<client::SavedSession> saved;
    std::unique_ptr<Storage> storage = nullptr;  // or none: nothing but the session is kept
};

// What every device works with.
struct Surroundings {
    Network& network;
    support::SeededClock& clock;
    Dice& dice;
    Chronicle& chronicle;
    Ledger& ledger;
    std::vector<Violation>& violations;
    bool results_expire = false;    // the store forgets those of outboxes that were not used of late
    bool falls_far_behind = false;  // a room grows by more than anybody is caught up with
};

class Device final : private SocketOwner, private Tab {
  public:
    Device(Surroundings& around, Person& person, Browser& browser, std::string name, client::Settings settings = {});
    ~Device() override;

    void start();  // resumes the browser's session, or logs in. REQUIRES: not is_running()
    void end();    // in the middle of whatever it does. REQUIRES: is_running()
    [[nodiscard]] bool is_running() const { return is_running_; }
    void time_passed();
    void network_returned();
    void log_in();
    void log_in_with(const std::string& password);
    void register_account(const Person& person);
    // Her wish, and what comes of it; `act` calls the client once.
    template <class Act>
    auto wish(Act act) {
        auto result = act(*client_, now());
        settle();
        return result;
    }
    // A change: written down if the client took it.
    template <class Act>
    bool ask(Asked what, Act act) {
        what.user = client_->state().self;
        const std::optional<OpId> op = act(*client_);
        if (op) {
            outboxes_.insert(op->outbox);
            if (what.kind == Asked::Kind::post) order_.wrote(*op, what.room);
            around_.ledger.asked(*op, std::move(what));
        }
        settle();
        return op.has_value();
    }
    void signs_out() { wants_in_ = false; }  // she has just wished to
    void forget_operations();                // before the person signs out by her own wish

    [[nodiscard]] const client::ChatState& state() const { return client_->state(); }
    [[nodiscard]] std::optional<Time> next_due() const { return due_; }
    [[nodiscard]] bool is_connected() const { return state().connection == client::ConnectionState::connected; }
    [[nodiscard]] bool is_signed_in() const { return wants_in_; }
    [[nodiscard]] bool is_settled() const;
    [[nodiscard]] std::size_t unsettled() const { return client_->unsettled_operations(); }
    [[nodiscard]] const Person& person() const { return *person_; }
    void belong_to(Person& person) { person_ = &person; }
    [[nodiscard]] Browser& browser() const { return browser_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::vector<std::unique_ptr<Witness>>& witnesses() const { return witnesses_; }
    // The pages that answered load_history, by request, and the requests that were refused.
    std::map<RequestId, std::vector<Message>> histories;
    std::set<RequestId> refused_requests;

  private:
    void socket_opened() override;
    void socket_received(std::span<const std::byte> message) override;
    void socket_closed(std::uint16_t code, const std::string& reason) override;

    void operation_kept(OpId op) override;
    void operation_not_kept(OpId op) override;
    void operation_forgotten(OpId op) override;
    void orphan_found(client::SavedOutbox orphan) override;
    [[nodiscard]] bool answers_for(OutboxId outbox) const override { return outboxes_.contains(outbox); }

    [[nodiscard]] client::Now now() const;
    void make_client();
    void frame_received(std::span<const std::byte> message);
    void load_what_is_shown();
    void settle();  // performs effects, reads notices, looks at the state
    void perform(client::OpenSocket&);
    void perform(client::CloseSocket& effect);
    void perform(client::SendFrame& effect);
    void perform(client::SaveSession& effect);
    void perform(client::KeepOperation& effect);
    void perform(client::ForgetOperation& effect);
    void perform(client::ReleaseOutbox& effect);
    void perform(client::ForgetOthers& effect);
    void perform(client::ForgetView& effect);
    bool restore_view();
    void save_view();
    void look_for_orphans();
    void offer_orphans();
    void note_adopted(const client::SavedOutbox& orphan);
    void give_up_what_is_not_kept();
    void read(const client::Notice& notice);
    void read_done(const client::OperationDone& done);
    void note_settled(Asked& asked, OpId op);
    void read_refused(const client::OperationRefused& refused);
    void read_expired(Asked& asked, OpId op);
    void count(std::span<const std::byte> frame);
    void tell(const std::string& what) const;

    Surroundings& around_;
    Person* person_;
    Browser& browser_;
    std::string name_;
    client::Settings settings_;
    std::unique_ptr<client::Client> client_;
    std::vector<std::unique_ptr<Witness>> witnesses_;  // the last is of the client that lives
    std::set<OutboxId> outboxes_;                      // that the client that lives sends from
    std::set<OutboxId> released_;                      // in the effects that are being carried out
    std::vector<client::SavedOutbox> orphans_;         // this program's, not taken by the client yet
    WritingOrder order_{around_.ledger};
    bool has_looked_for_orphans_ = false;
    bool is_running_ = false;
    bool has_come_in_ = false;  // just now
    std::uint64_t saved_version_ = 0;
    Time next_view_{};
    std::optional<LineId> line_;
    std::optional<Time> due_;
    bool wants_in_ = false;
    std::uint64_t incarnation_ = 0;
};

}  // namespace parley::simulation
