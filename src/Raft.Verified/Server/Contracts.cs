using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The replicated state machine (paper, section 2). The server calls it from one task, one call at a time, in log order, each index exactly once
/// since the last restore; possibly before <see cref="RaftServer.StartAsync"/> has returned the server. It may call back into the server, for example to compact the log. An exception from it stops the
/// server: a state machine that cannot apply a committed entry must not go on.
/// </summary>
public interface IStateMachine
{
    /// <summary>Applies a committed command. Must be deterministic: every server gets the same state and the same answer.</summary>
    /// <param name="index">The entry's position; entries that are not commands are skipped, so positions may have gaps.</param>
    /// <param name="command">The command as it was proposed.</param>
    /// <returns>The answer for the client; only the server that took the proposal delivers it.</returns>
    ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command);

    /// <summary>Writes the whole state after the last command applied. The bytes must not change afterwards.</summary>
    ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync();

    /// <summary>Replaces the whole state by one that <see cref="TakeSnapshotAsync"/> wrote, here or on another server.</summary>
    /// <param name="lastIncludedIndex">The last entry that the state stands for.</param>
    /// <param name="snapshot">The state.</param>
    ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot);
}

/// <summary>
/// The durable storage of one server. The server calls <see cref="LoadAsync"/> once, before anything else, then
/// <see cref="WriteAsync"/>, one call at a time. An exception from it stops the server: after a failed write nobody knows what the disk
/// holds, and trying again could only pretend (so does a failed flush).
/// </summary>
public interface IRaftStorage
{
    /// <summary>
    /// Reads what the disk holds, and makes durable what it read before the task completes: the server takes everything that this returns for durable,
    /// acknowledges it to others at once, and never writes it again.
    /// </summary>
    /// <remarks>
    /// A file that is read shows what the operating system's cache holds. After the death of the process alone that may be a write that was never
    /// flushed: a power cut still takes it back. So an implementation flushes what it has read before it returns (for files: each one, and its
    /// directory), or leaves out what it cannot vouch for. An exception, also from such a flush, makes <see cref="RaftServer.StartAsync"/> fail.
    /// </remarks>
    /// <returns>
    /// The durable state; <see cref="DurableState.Empty"/> for a new server. Never null. After a crash in the middle of a write, a prefix of its parts
    /// (<see cref="DurableWrite"/>), each whole.
    /// </returns>
    ValueTask<DurableState> LoadAsync();

    /// <summary>
    /// Makes writes durable: when the task completes, they survive a crash of the machine. A crash before that may leave any prefix
    /// of their parts, in the order stated at <see cref="DurableWrite"/>, each part whole or absent.
    /// </summary>
    /// <param name="writes">The writes, in the order of their numbers; at least one.</param>
    ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes);
}

/// <summary>
/// Carries messages between servers. May lose, repeat, delay and reorder them; must not change them or deliver one to another
/// server than it names. Messages that arrive are handed to the receiving server.
/// </summary>
public interface ITransport
{
    /// <summary>
    /// Sends a message. The task completes when the transport has taken the message off the sender's hands, not when it has arrived;
    /// messages to the same server are sent one at a time. An exception means that the message is lost, which Raft tolerates.
    /// </summary>
    /// <param name="message">The message; its <see cref="Message.To"/> says where it goes.</param>
    ValueTask SendAsync(Message message);
}

/// <summary>Starts the server's tasks. Injected, so that an exploration decides where and when they run.</summary>
public interface ITaskStarter
{
    /// <summary>Starts a task, without running any of it on the caller's stack.</summary>
    /// <param name="name">The task's purpose, as shown in readable logs.</param>
    /// <param name="body">
    /// The task's body. Must not run inside of this call: whoever starts it goes on first, for example starts other tasks. Elsewhere, as on the thread pool, it may run
    /// at any time, also before this method returns.
    /// </param>
    /// <returns>A task that completes as <paramref name="body"/> does.</returns>
    Task Start(string name, Func<Task> body);
}
