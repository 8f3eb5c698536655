using Raft.Verified.KeyValue;
using Xunit;

namespace Raft.Verified.Tests.KeyValue;

/// <summary>Snapshots of the store: everything is in them, always the same bytes, nothing is taken on trust.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void A_restored_store_has_the_keys_the_versions_and_the_sessions()
    {
        Machine machine = Filled();
        Machine restored = machine.Copy();

        Assert.Equal(machine.Store.Get("b"), restored.Store.Get("b"));
        Assert.Equal(machine.Store.Get("a"), restored.Store.Get("a"));
        Assert.Equal(machine.Apply(KeyValueCommand.Append(1, 2, "a", "!")), restored.Apply(KeyValueCommand.Append(1, 2, "a", "!")));
        Assert.Equal("12", restored.Store.Get("a").Value);
        Assert.True(restored.Apply(KeyValueCommand.Append(1, 3, "a", "3")).IsOk);
        Assert.Equal("123", restored.Store.Get("a").Value);
    }

    [Fact]
    public void A_restore_replaces_what_was_there()
    {
        Machine machine = Filled();
        Machine other = new();
        long session = other.Open();
        other.Apply(KeyValueCommand.Put(session, 1, "only", "x"));

        machine.Store.Restore(other.Store.TakeSnapshot().Span);

        Assert.Equal(KeyValueStatus.NoKey, machine.Store.Get("a").Status);
        Assert.Equal(1, machine.Store.Sessions);
    }

    [Fact]
    public void Sessions_expire_after_a_restore_as_they_would_have_without()
    {
        Machine machine = new(lifetime: 10);
        long first = machine.Open();
        long second = machine.Open();
        machine.Apply(KeyValueCommand.Put(first, 1, "k", "x"));
        Machine restored = machine.Copy(lifetime: 10);
        restored.Skip(9);

        Assert.Equal(KeyValueStatus.SessionEnded, restored.Apply(KeyValueCommand.Put(second, 1, "k", "y")).Status);
    }

    [Fact]
    public void The_same_state_has_the_same_bytes_however_it_came_about()
    {
        Machine forth = new();
        Machine back = new();
        long session = forth.Open();
        Assert.Equal(session, back.Open());
        for (int i = 0; i < 20; i++)
        {
            forth.Apply(KeyValueCommand.Put(session, i + 1, $"k{i}", "x"));
            back.Apply(KeyValueCommand.Put(session, i + 1, $"k{19 - i}", "x"));
        }

        Assert.Equal(forth.Store.TakeSnapshot().ToArray(), back.Store.TakeSnapshot().ToArray());
        Assert.Equal(forth.Store.TakeSnapshot().ToArray(), forth.Copy().Store.TakeSnapshot().ToArray());
    }

    [Fact]
    public void Every_cut_and_every_addition_is_found_and_the_state_stays()
    {
        Machine machine = Filled();
        byte[] snapshot = machine.Store.TakeSnapshot().ToArray();
        for (int length = 0; length < snapshot.Length; length++)
        {
            Refused(machine, snapshot[..length]);
        }

        Assert.Contains("1 bytes follow its end", Refused(machine, [.. snapshot, 0]), StringComparison.Ordinal);
        Assert.Equal(snapshot, machine.Store.TakeSnapshot().ToArray());
    }

    [Fact]
    public void The_message_says_what_is_wrong()
    {
        Machine machine = Filled();
        byte[] snapshot = machine.Store.TakeSnapshot().ToArray();

        Assert.Contains("its 3 bytes do not begin as one", Refused(machine, [1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("format 1; expected 2", Refused(machine, [.. snapshot[..4], 1, .. snapshot[5..]]), StringComparison.Ordinal);
        Assert.Contains("it ends before its keys do", Refused(machine, [.. snapshot[..33], 255, 255, 255, 127, .. snapshot[37..]]), StringComparison.Ordinal);
        Assert.Contains(
            "its sessions live for 100 entries, this server's for 7", Refused(new Machine(lifetime: 7), snapshot), StringComparison.Ordinal);

        // Two keys of equal length change places.
        Assert.Contains("key 2 of 2 is out of order", Refused(machine, [.. snapshot[..41], (byte)'c', .. snapshot[42..]]), StringComparison.Ordinal);

        // The second session, 33 bytes before the number of ended ones, takes the number of the first.
        Assert.Contains(
            "session 2 of 2 has the number 1 of another one", Refused(machine, [.. snapshot[..^37], 1, .. snapshot[^36..]]), StringComparison.Ordinal);
        Assert.Contains(
            "it was written with KeyValueLimits { MaxKeyBytes = 4096,",
            Refused(new Machine(limits: new KeyValueLimits { MaxKeyBytes = 9 }), snapshot), StringComparison.Ordinal);
    }

    [Fact]
    public void An_ended_session_of_a_snapshot_is_not_taken_on_trust_either()
    {
        Machine machine = new(lifetime: 10);
        long session = machine.Open();
        machine.Apply(KeyValueCommand.Put(session, 1, "k", "x"));
        machine.Skip(11);
        long other = machine.Open();
        byte[] snapshot = machine.Store.TakeSnapshot().ToArray();

        // The last 25 bytes: number, sequence number, status, version.
        Assert.Contains(
            $"ended session 1 of 1 has the number {other} of another one",
            Refused(machine, [.. snapshot[..^25], (byte)other, .. snapshot[^24..]]), StringComparison.Ordinal);
        Assert.Contains("ended session 1 of 1 is damaged", Refused(machine, [.. snapshot[..^9], 99, .. snapshot[^8..]]), StringComparison.Ordinal);
        Assert.Contains("it ends before its ended sessions do", Refused(machine, [.. snapshot[..^29], 9, .. snapshot[^28..]]), StringComparison.Ordinal);
    }

    private static Machine Filled()
    {
        Machine machine = new();
        long session = machine.Open();
        machine.Apply(KeyValueCommand.Put(session, 1, "a", "1"));
        machine.Apply(KeyValueCommand.Append(session, 2, "a", "2"));
        machine.Apply(KeyValueCommand.Put(machine.Open(), 1, "b", "ö"));
        return machine;
    }

    private static string Refused(Machine machine, byte[] snapshot) =>
        Assert.Throws<InvalidDataException>(() => machine.Store.Restore(snapshot)).Message;
}
