using Raft.Verified.KeyValue;
using Xunit;

namespace Raft.Verified.Tests.KeyValue;

/// <summary>Whatever clients ask for, a snapshot stays small enough to be written and read again.</summary>
public sealed class LimitTests
{
    private static readonly KeyValueLimits Small = new() { MaxKeyBytes = 4, MaxValueBytes = 8, MaxStateBytes = 100 };

    [Theory]
    [InlineData("long!", "v", null)]
    [InlineData("ööö", "v", null)]
    [InlineData("k", "123456789", null)]
    [InlineData("k", "v", "123456789")]
    public void A_key_or_value_that_is_too_long_is_refused_when_it_is_applied(string key, string value, string? expected)
    {
        Machine machine = new(limits: Small);
        long session = machine.Open();
        KeyValueCommand command = expected is null
            ? KeyValueCommand.Put(session, 1, key, value)
            : KeyValueCommand.CompareAndSet(session, 1, key, expected, value);

        Assert.False(Small.Allow(command));
        Assert.Equal(new KeyValueReply(KeyValueStatus.TooLarge), machine.Apply(command));

        Assert.Equal(KeyValueStatus.NoKey, machine.Store.Get(key).Status);
    }

    [Fact]
    public void What_just_fits_is_taken()
    {
        Machine machine = new(limits: Small);
        KeyValueCommand command = KeyValueCommand.CompareAndSet(machine.Open(), 1, "öö", null, "12345678");

        Assert.True(Small.Allow(command));
        Assert.True(machine.Apply(command).IsOk);
    }

    [Fact]
    public void Appends_do_not_make_a_value_longer_than_it_may_be()
    {
        Machine machine = new(limits: Small);
        long session = machine.Open();
        machine.Apply(KeyValueCommand.Append(session, 1, "k", "123ö"));

        Assert.Equal(new KeyValueReply(KeyValueStatus.TooLarge, 1), machine.Apply(KeyValueCommand.Append(session, 2, "k", "ö12")));
        Assert.Equal(KeyValueStatus.Ok, machine.Apply(KeyValueCommand.Append(session, 3, "k", "678")).Status);

        Assert.Equal("123ö678", machine.Store.Get("k").Value);
    }

    [Fact]
    public void Two_appends_that_together_exceed_the_longest_string_stop_nobody()
    {
        Machine machine = new(limits: new KeyValueLimits { MaxValueBytes = 1 << 28 });
        long session = machine.Open();
        string half = new('x', (1 << 27) + 1);
        Assert.True(machine.Apply(KeyValueCommand.Append(session, 1, "k", half)).IsOk);

        Assert.Equal(KeyValueStatus.TooLarge, machine.Apply(KeyValueCommand.Append(session, 2, "k", half)).Status);
    }

    [Fact]
    public void A_full_store_takes_what_makes_it_smaller_and_answers_everything_else()
    {
        // A key of one byte with a value of eight takes 25.
        Machine machine = new(limits: Small);
        long session = machine.Open();
        for (int i = 0; i < 4; i++)
        {
            Assert.True(machine.Apply(KeyValueCommand.Put(session, i + 1, $"{i}", "12345678")).IsOk);
        }

        Assert.Equal(KeyValueStatus.StoreFull, machine.Apply(KeyValueCommand.Put(session, 5, "k", "")).Status);
        Assert.True(machine.Apply(KeyValueCommand.Put(session, 6, "0", "87654321")).IsOk);
        Assert.True(machine.Apply(KeyValueCommand.Put(session, 7, "0", "")).IsOk);
        Assert.True(machine.Apply(KeyValueCommand.Append(session, 8, "0", "12345678")).IsOk);

        Assert.Equal(KeyValueStatus.StoreFull, machine.Copy().Apply(KeyValueCommand.Put(session, 9, "k", "")).Status);
        Assert.Equal(KeyValueStatus.Ok, machine.Apply(KeyValueCommand.OpenSession()).Status);
    }

    [Fact]
    public void Refused_operations_add_nothing_to_the_snapshot_but_a_session_of_fixed_size()
    {
        Machine machine = new(lifetime: 1000);
        long writer = machine.Open();
        machine.Apply(KeyValueCommand.Put(writer, 1, "k", new string('x', 1 << 20)));
        int before = machine.Store.TakeSnapshot().Length;

        for (int i = 0; i < 220; i++)
        {
            Assert.Equal(KeyValueStatus.ValueMismatch, machine.Apply(KeyValueCommand.CompareAndSet(machine.Open(), 1, "k", "other", "y")).Status);
        }

        Assert.Equal(before + (220 * 33), machine.Store.TakeSnapshot().Length);
    }

    [Fact]
    public void Bytes_beyond_any_command_are_refused_unread()
    {
        Machine machine = new(limits: Small);

        Assert.Equal(KeyValueStatus.TooLarge, machine.Apply(new byte[100]).Status);
        Assert.Equal(KeyValueStatus.Malformed, machine.Apply(new byte[50]).Status);
    }

    [Fact]
    public void The_longest_command_that_is_allowed_can_be_applied()
    {
        Machine machine = new(limits: Small);

        Assert.Equal(
            KeyValueStatus.NoKey, machine.Apply(KeyValueCommand.CompareAndSet(machine.Open(), 1, "1234", "12345678", "12345678")).Status);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        Assert.Equal("MaxKeyBytes is 0; expected 1 to 1048576", Refused(new KeyValueLimits { MaxKeyBytes = 0 }));
        Assert.Equal("MaxValueBytes is 268435457; expected 1 to 268435456", Refused(new KeyValueLimits { MaxValueBytes = (1 << 28) + 1 }));
        Assert.Equal("MaxStateBytes is 63; expected 64 to 1073741824", Refused(new KeyValueLimits { MaxStateBytes = 63 }));
        Assert.Equal("MaxSessions is 0; expected 1 to 1000000", Refused(new KeyValueLimits { MaxSessions = 0 }));
        Assert.Equal("MaxEndedSessions is -1; expected 0 to 1000000", Refused(new KeyValueLimits { MaxEndedSessions = -1 }));

        static string Refused(KeyValueLimits limits) => Assert.Throws<ArgumentException>(() => new KeyValueStateMachine(limits: limits)).Message;
    }
}
