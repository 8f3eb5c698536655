using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The sequential specification of a replicated state machine, written by whoever writes the scenario: what one copy of it, with no
/// failures and one command after the other, would answer. The committed log is replayed on it.
/// </summary>
public interface IStateMachineModel
{
    /// <summary>Applies the next committed command; entries that are not commands are passed over.</summary>
    /// <param name="entry">The entry, of kind <see cref="EntryKind.Command"/>.</param>
    /// <returns>The answer that every server must give for it.</returns>
    ReadOnlyMemory<byte> Apply(LogEntry entry);

    /// <summary>The state after the last command, in the format of the state machine's own snapshots. The bytes must not change afterwards.</summary>
    ReadOnlyMemory<byte> TakeSnapshot();

    /// <summary>
    /// The state that a server's snapshot stands for, in the form of <see cref="TakeSnapshot"/>. Servers may write the same state in different bytes; by
    /// default they do not.
    /// </summary>
    /// <param name="snapshot">The bytes, of any origin: what is no snapshot at all comes back as something that is no state, never as an exception.</param>
    ReadOnlyMemory<byte> StateIn(ReadOnlyMemory<byte> snapshot) => snapshot;

    /// <summary>Which client's operation an entry stands for; null when its commands do not say. Retries of an operation give the same.</summary>
    /// <param name="entry">The entry, of kind <see cref="EntryKind.Command"/>.</param>
    (int Client, long Sequence)? Identify(LogEntry entry);
}
