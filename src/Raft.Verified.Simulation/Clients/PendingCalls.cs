namespace Raft.Verified.Simulation;

/// <summary>
/// The calls made to one life of a server that have no answer yet. Whoever makes a call puts it here and may then lose patience: the server owes the
/// answer all the same, and a client that goes elsewhere must not hide that it never comes.
/// </summary>
public sealed class PendingCalls
{
    private readonly List<(CallKind Kind, Task Task, bool IsDirect)> _calls = [];

    /// <summary>Adds a call.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="task">Completes with the answer, however that turns out.</param>
    /// <param name="isDirect">Whether the server itself completes the task; else somebody in between does, who needs a moment more.</param>
    public void Add(CallKind kind, Task task, bool isDirect = true)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!task.IsCompleted)
        {
            _calls.Add((kind, task, isDirect));
        }
    }

    /// <summary>How many calls have no answer yet.</summary>
    /// <param name="kind">Of this kind; null for all.</param>
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

    /// <summary>The property that is violated when such a call is never answered.</summary>
    internal static string PropertyOf(CallKind kind) => $"Every{kind}Answered";

    internal static string Describe(CallKind kind) => kind switch
    {
        CallKind.Proposal => "a proposal",
        CallKind.Read => "a read",
        _ => "a compaction",
    };

    /// <summary>The kind of the oldest call without an answer; null when all have one.</summary>
    /// <param name="ignoreProposals">Whether proposals do not count.</param>
    /// <param name="directOnly">Whether only those count that the server itself completes.</param>
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
