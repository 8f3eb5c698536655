using System.Diagnostics.CodeAnalysis;
using Raft.Verified.Protocol;

namespace Raft.Verified.Testing.Log;

/// <summary>The names of topics, and the assignment of events to topics.</summary>
internal static class LogTopics
{
    /// <summary>The names of the topics on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetValues<LogTopic>().Where(topic => topic is not (LogTopic.None or LogTopic.Default)).Select(topic => topic.ToString().ToLowerInvariant()),
    ];

    /// <summary>Parses a list such as <c>vote,log</c>.</summary>
    /// <param name="list">The names, separated by commas; null for the default topics.</param>
    /// <param name="topics">The topics of the names before the unknown one, or of all names.</param>
    /// <param name="unknown">The first name that is unknown; null when all are known.</param>
    /// <returns>True when all names are known.</returns>
    public static bool TryParse(string? list, out LogTopic topics, [NotNullWhen(false)] out string? unknown)
    {
        topics = list is null ? LogTopic.Default : LogTopic.None;
        foreach (string name in list?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (!Names.Contains(name))
            {
                unknown = name;
                return false;
            }

            topics |= Enum.Parse<LogTopic>(name, ignoreCase: true);
        }

        unknown = null;
        return true;
    }

    /// <summary>Returns the topic of a kind of event.</summary>
    /// <param name="kind">The kind of event.</param>
    public static LogTopic Of(RaftEventKind kind) => kind switch
    {
        RaftEventKind.TermAdvanced or RaftEventKind.RoleChanged or RaftEventKind.Voted => LogTopic.Vote,
        RaftEventKind.EntryAppended or RaftEventKind.LogTruncated => LogTopic.Log,
        RaftEventKind.CommitAdvanced or RaftEventKind.Applied => LogTopic.Commit,
        RaftEventKind.LogCompacted or RaftEventKind.SnapshotInstalled or RaftEventKind.Restored => LogTopic.Snap,
        RaftEventKind.MessageSent or RaftEventKind.MessageReceived or RaftEventKind.MessageLost or RaftEventKind.MessageDuplicated
            or RaftEventKind.SendFailed or RaftEventKind.MessageRefused => LogTopic.Msg,
        RaftEventKind.ClientCalled or RaftEventKind.ClientAnswered or RaftEventKind.ProposalCompleted
            or RaftEventKind.ProposalRefused => LogTopic.Client,
        RaftEventKind.DiskTermAndVote or RaftEventKind.DiskSnapshot or RaftEventKind.DiskTruncated or RaftEventKind.DiskAppended => LogTopic.Disk,
        RaftEventKind.ElectionTimerReset => LogTopic.Reset,
        _ => LogTopic.Env,
    };
}
