using Raft.Verified.Protocol;

namespace Raft.Verified.Cli.Output.Log;

/// <summary>What the lines of the readable log are about.</summary>
[Flags]
internal enum LogTopic
{
    None = 0,

    /// <summary>Terms, roles, votes.</summary>
    Vote = 1,

    /// <summary>Entries appended to logs in memory and deleted from them.</summary>
    Log = 2,

    /// <summary>Entries committed and applied.</summary>
    Commit = 4,

    /// <summary>Compaction, and snapshots installed.</summary>
    Snap = 8,

    /// <summary>Timers that fire.</summary>
    Timer = 16,

    /// <summary>Messages sent, received, lost.</summary>
    Msg = 32,

    /// <summary>What clients ask, and what they are answered.</summary>
    Client = 64,

    /// <summary>What reaches the disks.</summary>
    Disk = 128,

    /// <summary>Starts, crashes, partitions, and what else the world does to the servers.</summary>
    Env = 256,

    /// <summary>Election timers that start anew.</summary>
    Reset = 512,

    /// <summary>What is shown unless the user says otherwise.</summary>
    Default = Vote | Log | Commit | Snap | Timer | Msg | Client | Env,
}

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
