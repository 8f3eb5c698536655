using Raft.Verified.KeyValue;
using Xunit;

namespace Raft.Verified.Tests.KeyValue;

/// <summary>The effect of the operations on keys and versions.</summary>
public sealed class StateMachineTests
{
    [Fact]
    public void A_put_creates_a_key_and_every_write_adds_one_to_its_version()
    {
        Machine machine = new();
        long session = machine.Open();
        Assert.Equal(new KeyValueReply(KeyValueStatus.NoKey), machine.Store.Get("k"));

        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 1), machine.Apply(KeyValueCommand.Put(session, 1, "k", "a")));
        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 2), machine.Apply(KeyValueCommand.Put(session, 2, "k", "b")));
        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 3), machine.Apply(KeyValueCommand.Append(session, 3, "k", "c")));
        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 1), machine.Apply(KeyValueCommand.Append(session, 4, "other", "x")));

        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 3, "bc"), machine.Store.Get("k"));
        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 1, "x"), machine.Store.Get("other"));
    }

    [Fact]
    public void Keys_are_the_same_only_if_every_character_is()
    {
        Machine machine = new();
        long session = machine.Open();
        machine.Apply(KeyValueCommand.Put(session, 1, "k", "small"));
        machine.Apply(KeyValueCommand.Put(session, 2, "K", "large"));

        Assert.Equal("small", machine.Store.Get("k").Value);
    }

    [Fact]
    public void A_versioned_put_needs_the_very_version()
    {
        Machine machine = new();
        long session = machine.Open();

        Assert.Equal(new KeyValueReply(KeyValueStatus.VersionMismatch, 0), machine.Apply(KeyValueCommand.PutVersion(session, 1, "k", "a", 1)));
        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 1), machine.Apply(KeyValueCommand.PutVersion(session, 2, "k", "a", 0)));
        Assert.Equal(new KeyValueReply(KeyValueStatus.VersionMismatch, 1), machine.Apply(KeyValueCommand.PutVersion(session, 3, "k", "b", 0)));
        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 2), machine.Apply(KeyValueCommand.PutVersion(session, 4, "k", "c", 1)));

        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 2, "c"), machine.Store.Get("k"));
    }

    [Fact]
    public void Compare_and_set_needs_the_very_value_or_its_absence()
    {
        Machine machine = new();
        long session = machine.Open();

        Assert.Equal(new KeyValueReply(KeyValueStatus.NoKey), machine.Apply(KeyValueCommand.CompareAndSet(session, 1, "k", "", "a")));
        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 1), machine.Apply(KeyValueCommand.CompareAndSet(session, 2, "k", null, "a")));
        Assert.Equal(new KeyValueReply(KeyValueStatus.ValueMismatch, 1), machine.Apply(KeyValueCommand.CompareAndSet(session, 3, "k", null, "b")));
        Assert.Equal(new KeyValueReply(KeyValueStatus.ValueMismatch, 1), machine.Apply(KeyValueCommand.CompareAndSet(session, 4, "k", "A", "b")));
        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 2), machine.Apply(KeyValueCommand.CompareAndSet(session, 5, "k", "a", "b")));

        Assert.Equal(new KeyValueReply(KeyValueStatus.Ok, 2, "b"), machine.Store.Get("k"));
    }

    [Fact]
    public void Bytes_that_are_no_command_change_nothing()
    {
        Machine machine = new();
        long session = machine.Open();
        machine.Apply(KeyValueCommand.Put(session, 1, "k", "a"));
        byte[] put = KeyValueEncoding.Encode(KeyValueCommand.Put(session, 2, "k", "b")).ToArray();

        for (int length = 0; length < put.Length; length++)
        {
            Assert.Equal(KeyValueStatus.Malformed, machine.Apply(put.AsMemory(0, length)).Status);
        }

        Assert.Equal(KeyValueStatus.Malformed, machine.Apply((byte[])[.. put, 0]).Status);
        Assert.Equal(KeyValueStatus.Malformed, machine.Apply((byte[])[9, .. put[1..]]).Status);
        Assert.Equal(KeyValueStatus.Malformed, machine.Apply((byte[])[put[0], 99, .. put[2..]]).Status);
        Assert.Equal("a", machine.Store.Get("k").Value);
    }

    [Fact]
    public void Random_operations_go_as_in_a_plain_dictionary()
    {
        Random random = new(7);
        Machine machine = new();
        long session = machine.Open();
        Dictionary<string, (string Value, long Version)> model = [];
        for (int sequence = 1; sequence <= 2000; sequence++)
        {
            string key = $"k{random.Next(5)}";
            string value = $"v{random.Next(4)}";
            bool exists = model.TryGetValue(key, out (string Value, long Version) now);
            (KeyValueCommand command, bool done, string after) = random.Next(4) switch
            {
                0 => (KeyValueCommand.Put(session, sequence, key, value), true, value),
                1 => (KeyValueCommand.Append(session, sequence, key, "+"), true, now.Value + "+"),
                2 when random.Next(3) is int version => (KeyValueCommand.PutVersion(session, sequence, key, value, now.Version + version), version == 0, value),
                _ when random.Next(3) == 0 => (KeyValueCommand.CompareAndSet(session, sequence, key, null, value), !exists, value),
                _ => (KeyValueCommand.CompareAndSet(session, sequence, key, "v1", value), exists && now.Value == "v1", value),
            };

            Assert.Equal(done, machine.Apply(command).IsOk);

            if (done)
            {
                model[key] = (after, now.Version + 1);
            }

            KeyValueReply got = machine.Store.Get(key);
            Assert.Equal(model.TryGetValue(key, out now) ? (now.Value, now.Version) : ("", 0), (got.Value, got.Version));
            if (sequence % 100 == 0)
            {
                machine = machine.Copy();
            }
        }
    }
}
