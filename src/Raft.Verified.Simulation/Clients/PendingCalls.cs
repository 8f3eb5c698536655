namespace Raft.Verified.Simulation;

/// <summary>
/// The unanswered calls to one life of a server. Callers register each call here and may then give up on it. The server
/// must answer the call all the same, so that a client that gives up does not hide a missing answer.
/// </summary>
public sealed class PendingCalls
{
    private readonly List<(CallKind Kind, Task Task, bool IsDirect)> _calls = [];

    /// <summary>Adds a call.</summary>
    /// <param name="kind">The kind of the call.</param>
    /// <param name="task">A task that completes with the answer or fails.</param>
    /// <param name="isDirect">
    /// True when the server itself completes the task; false when an intermediary does, which needs a moment more.
    /// </param>
    public void Add(CallKind kind, Task task, bool isDirect = true)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!task.IsCompleted)
        {
            _calls.Add((kind, task, isDirect));
        }
    }

    /// <summary>Returns the number of calls without an answer.</summary>
    /// <param name="kind">The kind to count; null for all kinds.</param>
    public int Count(CallKind? kind = null)
    {
        Forget();
        int count = 0;
        foreach ((CallKind of, _, _) in _calls)
        {
            count += kind is null || of == kind ? 1 : 0;
        }

        return count;
    }

    /// <summary>Returns the name of the property that is violated when a call of this kind is never answered.</summary>
    internal static string PropertyOf(CallKind kind) => $"Every{kind}Answered";

    internal static string Describe(CallKind kind) => kind switch
    {
        CallKind.Proposal => "a proposal",
        CallKind.Read => "a read",
        _ => "a compaction",
    };

    /// <summary>Returns the kind of the oldest call without an answer; null when all calls have one.</summary>
    /// <param name="ignoreProposals">True when proposals do not count.</param>
    /// <param name="directOnly">True when only calls count that the server itself completes.</param>
    internal CallKind? FirstUnanswered(bool ignoreProposals = false, bool directOnly = false)
    {
        Forget();
        foreach ((CallKind kind, _, bool isDirect) in _calls)
        {
            if ((!ignoreProposals || kind != CallKind.Proposal) && (!directOnly || isDirect))
            {
                return kind;
            }
        }

        return null;
    }

    private void Forget()
    {
        int kept = 0;
        for (int i = 0; i < _calls.Count; i++)
        {
            if (!_calls[i].Task.IsCompleted)
            {
                _calls[kept++] = _calls[i];
            }
        }

        _calls.RemoveRange(kept, _calls.Count - kept);
    }
}
