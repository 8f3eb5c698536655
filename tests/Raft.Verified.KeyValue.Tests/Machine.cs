using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;

namespace Raft.Verified.Tests.KeyValue;

/// <summary>A state machine and the log that is fed to it.</summary>
internal sealed class Machine(long lifetime = 100, KeyValueLimits? limits = null)
{
    public KeyValueStateMachine Store { get; } = new(lifetime, limits);

    public long Index { get; private set; }

    public long Open() => Apply(KeyValueCommand.OpenSession()).Version;

    public KeyValueReply Apply(KeyValueCommand command) => Apply(KeyValueEncoding.Encode(command));

    public KeyValueReply Apply(ReadOnlyMemory<byte> command) =>
        KeyValueEncoding.DecodeReply(Store.Apply(new LogIndex(++Index), command.Span).Span);

    /// <summary>So many entries that are not commands of the store go by.</summary>
    public void Skip(long entries) => Index += entries;

    public Machine Copy(long lifetime = 100)
    {
        Machine copy = new(lifetime, Store.Limits) { Index = Index };
        copy.Store.Restore(Store.TakeSnapshot().Span);
        return copy;
    }
}
