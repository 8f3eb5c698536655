using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The sequential specification of a replicated state machine, written by the author of the scenario. It gives the
/// answers of one copy that takes one command after the other without failures. The committed log is replayed on it.
/// </summary>
public interface IStateMachineModel
{
    /// <summary>Applies the next committed command. Entries that are not commands are skipped.</summary>
    /// <param name="entry">The entry, of kind <see cref="EntryKind.Command"/>.</param>
    /// <returns>The answer that every server must give.</returns>
    ReadOnlyMemory<byte> Apply(LogEntry entry);

    /// <summary>
    /// Returns the state after the last command, in the format of the state machine's own snapshots. The bytes must not
    /// change afterwards.
    /// </summary>
    ReadOnlyMemory<byte> TakeSnapshot();

    /// <summary>
    /// Returns the state in a server's snapshot, in the form of <see cref="TakeSnapshot"/>. The default is for servers
    /// that serialize equal states to equal bytes. Override it when the bytes may differ.
    /// </summary>
    /// <param name="snapshot">
    /// The bytes, which may be no valid snapshot. Invalid bytes must return bytes that are no valid state; they must
    /// not cause an exception.
    /// </param>
    ReadOnlyMemory<byte> StateIn(ReadOnlyMemory<byte> snapshot) => snapshot;

    /// <summary>
    /// Identifies the client's operation of an entry; null when the commands do not identify it. Retries of an
    /// operation return the same value.
    /// </summary>
    /// <param name="entry">The entry, of kind <see cref="EntryKind.Command"/>.</param>
    (int Client, long Sequence)? Identify(LogEntry entry);
}
