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

        Assert.Equal(KeyValueStatus.SessionExpired, machine.Apply(last).Status);

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

        Assert.Equal(KeyValueStatus.SessionExpired, machine.Apply(KeyValueCommand.Put(second, 1, "k", "y")).Status);
        Assert.True(machine.Apply(KeyValueCommand.Put(first, 2, "k", "z")).IsOk);
    }
}
