#include "sqlite/data_lock.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "support/temporary_directory.hpp"

namespace parley::sqlite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

int mode_of(const std::filesystem::path& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? static_cast<int>(found.st_mode & 0777) : -1;
}

class DataLocks : public testing::Test {
  protected:
    support::TemporaryDirectory parent;
    std::filesystem::path data = parent.path() / "deep" / "data";
};

TEST_F(DataLocks, MakeAPrivateDirectory) {
    const auto lock = DataLock::take(data);
    ASSERT_TRUE(lock) << lock.error();
    EXPECT_EQ(mode_of(data), 0700);
    EXPECT_EQ(mode_of(data / "lock"), 0600);
}

TEST_F(DataLocks, ASecondServerIsToldWhoHoldsIt) {
    const auto lock = DataLock::take(data);
    ASSERT_TRUE(lock);
    lock->announce("127.0.0.1:8080");
    const auto second = DataLock::take(data);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error(), AllOf(HasSubstr(data.string()), HasSubstr("process " + std::to_string(::getpid())),
                                      HasSubstr("127.0.0.1:8080")));
}

TEST_F(DataLocks, GoWithTheirHolder) {
    { ASSERT_TRUE(DataLock::take(data)); }
    EXPECT_TRUE(DataLock::take(data));
}

TEST_F(DataLocks, GoWithAHolderThatIsKilled) {
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const auto child = ::fork();
    if (child == 0) {
        const auto lock = DataLock::take(data);
        if (!lock || ::write(ready[1], "x", 1) != 1) ::_exit(1);
        for (;;) ::pause();
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    const auto second = DataLock::take(data);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error(), HasSubstr("process " + std::to_string(child)));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    EXPECT_TRUE(DataLock::take(data));
}

TEST_F(DataLocks, CloseAnOpenDirectoryThatIsOurs) {
    std::filesystem::create_directories(data);
    ASSERT_EQ(::chmod(data.c_str(), 0755), 0);
    EXPECT_TRUE(DataLock::take(data)) << "it is empty";
    EXPECT_EQ(mode_of(data), 0700);
}

TEST_F(DataLocks, LeaveADirectoryOfOthersAlone) {
    std::filesystem::create_directories(data);
    ASSERT_EQ(::chmod(data.c_str(), 0755), 0);
    std::ofstream(data / "thesis.txt") << "chapter 1";
    const auto lock = DataLock::take(data);
    ASSERT_FALSE(lock);
    EXPECT_THAT(lock.error(), AllOf(HasSubstr(data.string()), HasSubstr("choose an empty or a new directory")));
    EXPECT_EQ(mode_of(data), 0755);
}

TEST_F(DataLocks, AFileIsNoDirectory) {
    std::ofstream(parent.path() / "file") << "text";
    const auto lock = DataLock::take(parent.path() / "file");
    ASSERT_FALSE(lock);
    EXPECT_THAT(lock.error(), HasSubstr("cannot be made"));
}

}  // namespace
}  // namespace parley::sqlite
