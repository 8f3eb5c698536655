using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Testing.Log;
using Raft.Verified.Testing.Page;

namespace Raft.Verified.Testing.Replays;

/// <summary>The observers of one replay: a recorder and several logs.</summary>
/// <param name="recorder">The recorder of the run.</param>
/// <param name="logs">The logs of the run.</param>
internal sealed class Audience(TraceRecorder recorder, params IReadOnlyList<ReadableLog> logs) : IRaftObserver, IDecisionLog
{
    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
        recorder.OnEvent(in raftEvent);
        foreach (ReadableLog log in logs)
        {
            log.OnEvent(in raftEvent);
        }
    }

    /// <inheritdoc />
    public void TimeIs(TimeSpan now)
    {
        recorder.TimeIs(now);
        foreach (ReadableLog log in logs)
        {
            log.TimeIs(now);
        }
    }

    /// <inheritdoc />
    public void Choosing(int choice, int enabled, string label)
    {
        recorder.Choosing(choice, enabled, label);
        foreach (ReadableLog log in logs)
        {
            log.Choosing(choice, enabled, label);
        }
    }

    /// <inheritdoc />
    public void Ran(ulong fingerprint)
    {
        recorder.Ran(fingerprint);
        foreach (ReadableLog log in logs)
        {
            log.Ran(fingerprint);
        }
    }

    /// <inheritdoc />
    public void Drew(int value, int bound, string what, ulong fingerprint)
    {
        recorder.Drew(value, bound, what, fingerprint);
        foreach (ReadableLog log in logs)
        {
            log.Drew(value, bound, what, fingerprint);
        }
    }
}
