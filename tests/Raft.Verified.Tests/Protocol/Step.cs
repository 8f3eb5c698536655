using Raft.Verified.Protocol;
using Xunit;

namespace Raft.Verified.Tests.Protocol;

/// <summary>The effects of one input: a copy of <see cref="Effects"/>, which the core uses again.</summary>
internal sealed class Step(Effects effects)
{
    public DurableWrite? Write { get; } = effects.Write;

    public IReadOnlyList<OutgoingMessage> Messages { get; } = [.. effects.Messages];

    public Snapshot? Restore { get; } = effects.Restore;

    public IReadOnlyList<LogEntry> Committed { get; } = [.. effects.Committed];

    public IReadOnlyList<ReadRequest> ReadsReady { get; } = [.. effects.ReadsReady];

    public IReadOnlyList<ReadRequest> ReadsRefused { get; } = [.. effects.ReadsRefused];

    public LogIndex FirstProposedIndex { get; } = effects.FirstProposedIndex;

    public TimerEffects Timers { get; } = effects.Timers;

    public bool IsEmpty { get; } = effects.IsEmpty;

    /// <summary>The one message of this step.</summary>
    public TMessage Only<TMessage>() where TMessage : Message => Assert.IsType<TMessage>(Assert.Single(Messages).Message);

    /// <summary>The one message of this step to <paramref name="server"/>.</summary>
    public TMessage To<TMessage>(int server) where TMessage : Message =>
        Assert.IsType<TMessage>(Assert.Single(Messages, m => m.Message.To.Value == server).Message);

    /// <summary>The messages of this step to <paramref name="server"/>.</summary>
    public TMessage[] AllTo<TMessage>(int server) where TMessage : Message =>
        [.. Messages.Select(m => m.Message).OfType<TMessage>().Where(m => m.To.Value == server)];
}
