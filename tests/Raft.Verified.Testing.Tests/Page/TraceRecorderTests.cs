using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;
using Raft.Verified.Testing.Page;
using Xunit;

namespace Raft.Verified.Tests.Show;

/// <summary>The record of a run: the fate of every message, the links, and nothing behind the violation.</summary>
public sealed class TraceRecorderTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);

    private readonly TraceRecorder _recorder = new(ShownScenarios.ForgedVote, [new MonotonicTerm()]);

    [Fact]
    public void A_message_is_followed_from_sending_to_every_arrival()
    {
        Message message = Ask(term: 1);
        Message twin = Ask(term: 1);
        Tell(RaftEventKind.MessageSent, message).Tell(RaftEventKind.MessageDuplicated, message).Tell(RaftEventKind.MessageReceived, message)
            .Tell(RaftEventKind.MessageSent, twin).Tell(RaftEventKind.MessageLost, twin).Tell(RaftEventKind.MessageReceived, message);
        Assert.Equal(2, _recorder.Messages.Count);
        TracedMessage first = _recorder.Messages[0];
        Assert.Equal((0, 1, -1), (first.Sent, first.Duplicated, first.Lost));
        Assert.Equal([2, 5], first.Arrivals.Select(arrival => arrival.Event));
        Assert.Equal((3, 4), (_recorder.Messages[1].Sent, _recorder.Messages[1].Lost));
        Assert.Equal([0, 0, 0, 1, 1, 0], _recorder.Events.Select(traced => traced.Message));
    }

    [Fact]
    public void A_message_that_comes_after_a_younger_one_is_late()
    {
        Message older = Ask(term: 1);
        Message younger = Ask(term: 1);
        Tell(RaftEventKind.MessageSent, older).Tell(RaftEventKind.MessageSent, younger)
            .Tell(RaftEventKind.MessageReceived, younger).Tell(RaftEventKind.MessageReceived, older);
        Assert.Equal(Lateness.Overtaken, Assert.Single(_recorder.Messages[0].Arrivals).Lateness);
        Assert.Equal(Lateness.None, Assert.Single(_recorder.Messages[1].Arrivals).Lateness);
    }

    [Fact]
    public void A_message_that_comes_into_a_newer_term_is_late()
    {
        Message message = Ask(term: 1);
        Tell(RaftEventKind.MessageSent, message);
        On(new RaftEvent { Kind = RaftEventKind.TermAdvanced, Server = S2, Term = new(1) });
        On(new RaftEvent { Kind = RaftEventKind.TermAdvanced, Server = S2, Term = new(2), OtherTerm = new(1) });
        Tell(RaftEventKind.MessageReceived, message);
        Assert.Equal(Lateness.OlderTerm, Assert.Single(_recorder.Messages[0].Arrivals).Lateness);
    }

    [Fact]
    public void Nothing_is_recorded_behind_the_violation()
    {
        On(new RaftEvent { Kind = RaftEventKind.TermAdvanced, Server = S1, Term = new(1) });
        On(new RaftEvent { Kind = RaftEventKind.TermAdvanced, Server = S1, Term = new(1) });
        On(new RaftEvent { Kind = RaftEventKind.Crashed, Server = S1 });
        Assert.Equal("MonotonicTerm", _recorder.Violation?.Property);
        Assert.Equal(2, _recorder.Events.Count);
    }

    [Fact]
    public void Partitions_and_cuts_tell_the_links()
    {
        CutLinks links = new(3);
        ServerId s3 = new(3);
        Assert.Equal("1-3 2-3 3-1 3-2", Links(links.Read(default, new Partitioned([[S1, S2], [s3]]))));
        Assert.Equal("", Links(links.Read(default, new Healed())));
        Assert.Equal("1-2", Links(links.Read(S1, new LinkCut(S2))));
        Assert.Equal("1-2 1-3 2-1 2-3 3-1 3-2", Links(links.Read(default, new Partitioned([]))));
        links.Read(default, new Healed());
        Assert.Equal("1-2 1-3 2-1 3-1", Links(links.Read(S1, new Disconnected())));
        Assert.Equal("1-2 1-3 2-1 2-3 3-1 3-2", Links(links.Read(S2, new Disconnected())));
        Assert.Equal("1-2 2-1 2-3 3-2", Links(links.Read(S1, new Connected())));
        Assert.Null(links.Read(S1, new Paused()));
    }

    [Fact]
    public void The_acts_of_a_run_are_understood()
    {
        ExplorationOptions options = new() { Iterations = 1, Seed = 7, Workers = 1, Strategy = "random" };
        Schedule schedule = new Explorer(ShownScenarios.Long, options).Run().Violation!.Schedule;
        TraceRecorder recorder = new(ShownScenarios.Long);
        Replayer.Replay(ShownScenarios.Long.ObservedBy(recorder), schedule, recorder);
        TracedEvent[] notes = [.. recorder.Events.Where(traced => traced.Event is { Kind: RaftEventKind.Environment, Subject: not (Paused or Resumed) })];
        Assert.Contains(notes, note => note.Event.Subject is Partitioned);
        Assert.Contains(notes, note => note.Event.Subject is LinkCut);
        Assert.All(notes, note => Assert.NotNull(note.Cuts));
        Assert.Contains(recorder.Messages, message => message.Arrivals.Count == 2);
        Assert.Contains(recorder.Messages, message => message.Arrivals.Exists(arrival => arrival.Lateness.HasFlag(Lateness.OlderTerm)));
        Assert.Contains(recorder.Messages, message => message.Arrivals.Exists(arrival => arrival.Lateness.HasFlag(Lateness.Overtaken)));
        Assert.Contains(recorder.Messages, message => message.Lost >= 0);
    }

    [Fact]
    public void Every_kind_of_event_has_words_of_its_own() => Assert.All(Enum.GetValues<RaftEventKind>(), kind =>
    {
        TracedEvent traced = new(1, default, new RaftEvent { Kind = kind, Server = S1, Peer = S2, Index = new(3), Subject = "something" }, -1, null, null);
        (string label, string sentence) = EventSentence.Of(in traced);
        Assert.NotEqual($"{kind}", label);
        Assert.InRange(sentence.Length, 1, 200);
    });

    private static RequestVote Ask(long term) => new(S1, S2, new(term), default, default);

    private static string Links(IReadOnlyList<Link>? links) => string.Join(' ', links!.Select(link => $"{link.From.Value}-{link.To.Value}"));

    private TraceRecorderTests Tell(RaftEventKind kind, Message message)
    {
        (ServerId server, ServerId peer) = kind == RaftEventKind.MessageReceived ? (message.To, message.From) : (message.From, message.To);
        return On(new RaftEvent { Kind = kind, Server = server, Term = message.Term, Peer = peer, Subject = message });
    }

    private TraceRecorderTests On(RaftEvent e)
    {
        _recorder.OnEvent(in e);
        return this;
    }
}
