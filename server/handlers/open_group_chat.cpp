#include <set>

#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const OpenGroupChat& ask) {
    std::set<UserId> people(ask.people.begin(), ask.people.end());
    people.insert(here.session.user());
    if (people.size() < limits::kGroupPeopleFewest || people.size() > limits::kGroupPeople)
        return refuse_operation(here, ask.op, Refusal::group_size);
    auto& shard = here.session.shard();
    store::OpenGroupChat change{here.operation(ask.op), RoomId(shard.random() >> 1 | 1), {}, shard.wall_clock()};
    for (const auto person : people) change.people.push_back(person);
    here.services.store.submit(change, here.here(), settle(here.session.reply_to(ask.op)));
}

}  // namespace parley::handlers
