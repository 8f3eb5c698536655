using Raft.Verified.Protocol;

namespace Raft.Verified.Cli.Output.Log;

/// <summary>Topics by name, and the topic of each kind of event.</summary>
internal static class LogTopics
{
    /// <summary>The names that users give.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetValues<LogTopic>().Where(topic => topic is not (LogTopic.None or LogTopic.Default)).Select(topic => topic.ToString().ToLowerInvariant()),
    ];

    /// <summary>The topics of a list such as <c>vote,log</c>.</summary>
    /// <exception cref="InputException">A name is unknown.</exception>
    public static LogTopic Parse(string? list)
    {
        if (list is null)
        {
            return LogTopic.Default;
        }

        LogTopic topics = LogTopic.None;
        foreach (string name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Names.Contains(name))
            {
                throw new InputException($"--topics has '{name}'; expected one or more of {string.Join(",", Names)}");
            }

            topics |= Enum.Parse<LogTopic>(name, ignoreCase: true);
        }

        return topics;
    }

    /// <summary>What an event of this kind is about.</summary>
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
