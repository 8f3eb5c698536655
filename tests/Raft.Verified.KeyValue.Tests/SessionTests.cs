using Raft.Verified.KeyValue;
using Xunit;

namespace Raft.Verified.Tests.KeyValue;

/// <summary>Exactly once: paper, section 8; thesis, section 6.3.</summary>
public sealed class SessionTests
{
    [Fact]
    public void A_retry_gets_the_first_answer_and_does_nothing()
    {
        Machine machine = new();
        long session = machine.Open();
        KeyValueCommand append = KeyValueCommand.Append(session, 1, "k", "x");
        KeyValueReply first = machine.Apply(append);
        long other = machine.Open();
        machine.Apply(KeyValueCommand.Append(other, 1, "k", "y"));

        Assert.Equal(first, machine.Apply(append));

        Assert.Equal("xy", machine.Store.Get("k").Value);
    }

    [Fact]
    public void A_failed_operation_fails_again_when_retried_even_if_it_could_succeed_by_then()
    {
        Machine machine = new();
        long session = machine.Open();
        KeyValueCommand put = KeyValueCommand.PutVersion(session, 1, "k", "x", 1);
        Assert.Equal(KeyValueStatus.VersionMismatch, machine.Apply(put).Status);
        machine.Apply(KeyValueCommand.Put(machine.Open(), 1, "k", "y"));

        Assert.Equal(KeyValueStatus.VersionMismatch, machine.Apply(put).Status);

        Assert.Equal("y", machine.Store.Get("k").Value);
    }

    [Fact]
    public void A_late_copy_of_an_operation_before_the_last_does_nothing()
    {
        Machine machine = new();
        long session = machine.Open();
        KeyValueCommand late = KeyValueCommand.Put(session, 1, "k", "old");
        machine.Apply(late);
        machine.Apply(KeyValueCommand.Put(session, 2, "k", "new"));

        Assert.Equal(KeyValueStatus.Superseded, machine.Apply(late).Status);

        Assert.Equal("new", machine.Store.Get("k").Value);
    }

    [Fact]
    public void Sessions_do_not_share_numbers()
    {
        Machine machine = new();
        long first = machine.Open();
        long second = machine.Open();
        Assert.NotEqual(first, second);
        machine.Apply(KeyValueCommand.Append(first, 1, "k", "a"));
        machine.Apply(KeyValueCommand.Append(second, 1, "k", "b"));

        Assert.Equal("ab", machine.Store.Get("k").Value);
    }

    [Fact]
    public void A_session_that_was_never_opened_is_refused()
    {
        Machine machine = new();

        Assert.Equal(KeyValueStatus.SessionExpired, machine.Apply(KeyValueCommand.Put(77, 1, "k", "x")).Status);

        Assert.Equal(KeyValueStatus.NoKey, machine.Store.Get("k").Status);
    }

    [Fact]
    public void A_session_outlives_its_last_activity_by_so_many_entries_and_no_more()
    {
        Machine machine = new(lifetime: 10);
        long session = machine.Open();
        machine.Skip(9);
        Assert.True(machine.Apply(KeyValueCommand.Append(session, 1, "k", "x")).IsOk);
        machine.Skip(9);
        KeyValueCommand last = KeyValueCommand.Append(session, 2, "k", "x");
        Assert.True(machine.Apply(last).IsOk);
        machine.Skip(10);

        Assert.Equal(KeyValueStatus.SessionEnded, machine.Apply(KeyValueCommand.Append(session, 3, "k", "x")).Status);

        Assert.Equal("xx", machine.Store.Get("k").Value);
        Assert.Equal(0, machine.Store.Sessions);
    }

    [Fact]
    public void A_retry_keeps_the_session_alive()
    {
        Machine machine = new(lifetime: 10);
        long session = machine.Open();
        KeyValueCommand command = KeyValueCommand.Append(session, 1, "k", "x");
        for (int i = 0; i < 5; i++)
        {
            machine.Skip(9);
            Assert.True(machine.Apply(command).IsOk);
        }

        Assert.Equal("x", machine.Store.Get("k").Value);
    }

    [Fact]
    public void Sessions_expire_in_the_order_of_their_activity_and_others_stay()
    {
        Machine machine = new(lifetime: 10);
        long first = machine.Open();
        long second = machine.Open();
        machine.Skip(5);
        machine.Apply(KeyValueCommand.Put(first, 1, "k", "x"));
        machine.Skip(4);

        Assert.Equal(KeyValueStatus.SessionEnded, machine.Apply(KeyValueCommand.Put(second, 1, "k", "y")).Status);
        Assert.True(machine.Apply(KeyValueCommand.Put(first, 2, "k", "z")).IsOk);
    }

    [Fact]
    public void An_ended_session_tells_an_operation_that_was_carried_out_from_one_that_never_was()
    {
        Machine machine = new(lifetime: 10);
        long session = machine.Open();
        KeyValueCommand earlier = KeyValueCommand.Append(session, 1, "k", "a");
        KeyValueCommand last = KeyValueCommand.Append(session, 2, "k", "b");
        KeyValueCommand next = KeyValueCommand.Append(session, 3, "k", "c");
        machine.Apply(earlier);
        KeyValueReply answer = machine.Apply(last);
        machine.Skip(11);

        foreach (Machine each in new[] { machine, machine.Copy(lifetime: 10) })
        {
            Assert.Equal(KeyValueStatus.Superseded, each.Apply(earlier).Status);
            Assert.Equal(answer, each.Apply(last));
            Assert.Equal(KeyValueStatus.SessionEnded, each.Apply(next).Status);

            // For ever: what was once said to be without effect stays so.
            Assert.Equal(KeyValueStatus.SessionEnded, each.Apply(next).Status);
            Assert.Equal("ab", each.Store.Get("k").Value);
        }
    }

    [Fact]
    public void Of_ended_sessions_the_first_is_forgotten_first()
    {
        Machine machine = new(lifetime: 10, new KeyValueLimits { MaxEndedSessions = 2 });
        long[] sessions = [machine.Open(), machine.Open(), machine.Open()];
        machine.Skip(20);

        KeyValueStatus[] statuses = [.. sessions.Select(session => machine.Apply(KeyValueCommand.Put(session, 1, "k", "x")).Status)];

        Assert.Equal([KeyValueStatus.SessionExpired, KeyValueStatus.SessionEnded, KeyValueStatus.SessionEnded], statuses);
        Assert.Equal(machine.Store.TakeSnapshot().ToArray(), machine.Copy(lifetime: 10).Store.TakeSnapshot().ToArray());
    }

    [Fact]
    public void One_session_more_than_there_may_be_ends_the_one_that_was_idle_for_longest()
    {
        Machine machine = new(lifetime: 1000, new KeyValueLimits { MaxSessions = 2 });
        long first = machine.Open();
        long second = machine.Open();
        machine.Apply(KeyValueCommand.Put(first, 1, "k", "x"));
        long third = machine.Open();

        Assert.Equal(2, machine.Store.Sessions);
        Assert.Equal(KeyValueStatus.SessionEnded, machine.Apply(KeyValueCommand.Put(second, 1, "k", "y")).Status);
        Assert.True(machine.Apply(KeyValueCommand.Put(first, 2, "k", "y")).IsOk);
        Assert.True(machine.Apply(KeyValueCommand.Put(third, 1, "k", "y")).IsOk);
    }
}
