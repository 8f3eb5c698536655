using Raft.Verified.Exploration.Runtime;
using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Tests.Exploration;
using Xunit;

namespace Raft.Verified.Tests.KeyValue;

/// <summary>A client and servers that answer by script, in virtual time.</summary>
public sealed class ClientTests
{
    private static readonly KeyValueResponse SessionOpened = new(new KeyValueReply(KeyValueStatus.Ok, 9));
    private static readonly KeyValueResponse Done = new(new KeyValueReply(KeyValueStatus.Ok, 1));
    private static readonly KeyValueResponse Expired = new(new KeyValueReply(KeyValueStatus.SessionExpired));
    private static readonly KeyValueResponse Ended = new(new KeyValueReply(KeyValueStatus.SessionEnded));
    private static readonly KeyValueResponse Unknown = new(null, KeyValueFailure.OutcomeUnknown);

    [Fact]
    public void It_goes_where_it_is_sent_and_stays_there() => InWorld(async (client, servers, _) =>
    {
        servers.Script(NoLeader(3), SessionOpened, Done, Done);

        await client.PutAsync("k", "a");
        await client.PutAsync("k", "b");

        Assert.Equal(["S1 open session", "S3 open session", "S3 9#1 put k=a", "S3 9#2 put k=b"], servers.Asked);
    });

    [Fact]
    public void Without_a_hint_it_tries_one_after_the_other_and_rests_after_a_round() => InWorld(async (client, servers, now) =>
    {
        servers.Script(NoLeader(0), NoLeader(2), NoLeader(7), Done);
        TimeSpan start = now();

        await client.GetAsync("k");

        // One names nobody, one itself, one a stranger.
        Assert.Equal(["S1 get k", "S2 get k", "S3 get k", "S1 get k"], servers.Asked);
        Assert.Equal(TimeSpan.FromMilliseconds(50), now() - start);
    });

    [Fact]
    public void Every_retry_has_the_operations_first_number() => InWorld(async (client, servers, _) =>
    {
        servers.Script(SessionOpened, null, Unknown, NoLeader(2), Done);

        await client.AppendAsync("k", "a");

        Assert.Equal(4, servers.Asked.Count(asked => asked.EndsWith("9#1 append k=a", StringComparison.Ordinal)));
    });

    [Fact]
    public void A_server_that_never_answers_is_given_up() => InWorld(async (client, servers, now) =>
    {
        servers.Silent = 1;
        servers.Script(Done);

        await client.GetAsync("k");

        Assert.Equal(["S1 get k", "S2 get k"], servers.Asked);
        Assert.Equal(TimeSpan.FromSeconds(1), now());
    });

    [Fact]
    public void An_expired_session_is_reported_and_the_operation_never_moved_to_another_one() => InWorld(async (client, servers, _) =>
    {
        // To a first attempt, too: this may be the answer to a copy, and the other one was carried out long ago.
        servers.Script(SessionOpened, Expired, new KeyValueResponse(new KeyValueReply(KeyValueStatus.Ok, 12)), Done);

        KeyValueOutcomeUnknownException unknown = await Assert.ThrowsAsync<KeyValueOutcomeUnknownException>(() => client.PutAsync("k", "a"));

        Assert.Contains("'9#1 put k=a' has taken effect is not known", unknown.Message, StringComparison.Ordinal);
        Assert.True((await client.PutAsync("k", "b")).IsOk);
        Assert.Equal(["S1 open session", "S1 9#1 put k=a", "S1 open session", "S1 12#1 put k=b"], servers.Asked);
    });

    [Fact]
    public void An_operation_that_came_after_its_session_had_ended_is_carried_out_in_a_new_one() => InWorld(async (client, servers, _) =>
    {
        servers.Script(SessionOpened, Done, Ended, new KeyValueResponse(new KeyValueReply(KeyValueStatus.Ok, 12)), Done);
        await client.PutAsync("k", "a");

        Assert.True((await client.PutAsync("k", "b")).IsOk);

        Assert.Equal(["S1 open session", "S1 9#1 put k=a", "S1 9#2 put k=b", "S1 open session", "S1 12#1 put k=b"], servers.Asked);
    });

    [Fact]
    public void Half_a_surrogate_pair_is_refused_before_anything_is_sent() => InWorld(async (client, servers, _) =>
    {
        await Assert.ThrowsAsync<ArgumentException>("value", () => client.PutAsync("k", "\ud800"));

        Assert.Empty(servers.Asked);
    });

    [Fact]
    public void One_operation_at_a_time() => InWorld(async (client, servers, _) =>
    {
        servers.Silent = 1;
        servers.Script(Done);
        Task<KeyValueReply> first = client.GetAsync("k");

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.PutAsync("k", "a"));
        await first;
    });

    [Fact]
    public void Cancelling_ends_the_attempts() => InWorld(async (client, servers, _) =>
    {
        servers.Silent = 1;
        using CancellationTokenSource source = new();
        Task<KeyValueReply> get = client.GetAsync("k", source.Token);
        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get);
    });

    [Fact]
    public void A_transport_that_fails_is_not_taken_for_a_lost_message() => InWorld(async (client, servers, _) =>
    {
        servers.Broken = new IOException("no such host");

        Assert.Equal("no such host", (await Assert.ThrowsAsync<IOException>(() => client.GetAsync("k"))).Message);
    });

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        KeyValueClientOptions options = new() { Servers = [new ServerId(1)] };
        Assert.Contains("Servers is empty", Refused(options with { Servers = [] }), StringComparison.Ordinal);
        Assert.Contains("AttemptTimeout is 00:00:00", Refused(options with { AttemptTimeout = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.Contains("RetryPause is 00:00:00", Refused(options with { RetryPause = TimeSpan.Zero }), StringComparison.Ordinal);

        static string Refused(KeyValueClientOptions options) => Assert.Throws<ArgumentException>(options.Validate).Message;
    }

    private static KeyValueResponse NoLeader(int hint) => new(null, KeyValueFailure.NoEffect, new ServerId(hint));

    private static void InWorld(Func<KeyValueClient, ScriptedServers, Func<TimeSpan>, Task> test)
    {
        ControlledRuntime runtime = World.Run(
            async runtime =>
            {
                ScriptedServers servers = new();
                KeyValueClientOptions options = new() { Servers = [new ServerId(1), new ServerId(2), new ServerId(3)] };
                await test(new KeyValueClient(servers, options, runtime.CreateProcess(0, "client").Time), servers, () => runtime.Now);
            },
            timed: true);
        Assert.True(runtime.FailedProperty is null, $"{runtime.FailedProperty}: {runtime.FailureMessage}");
    }

    private sealed class ScriptedServers : IKeyValueTransport
    {
        private readonly Queue<KeyValueResponse?> _responses = new();

        public List<string> Asked { get; } = [];

        public int Silent { get; set; }

        public Exception? Broken { get; set; }

        public void Script(params KeyValueResponse?[] responses) => Array.ForEach(responses, _responses.Enqueue);

        public Task<KeyValueResponse?> SendAsync(ServerId server, KeyValueRequest request)
        {
            Asked.Add($"{server} {request}");
            if (Broken is not null)
            {
                return Task.FromException<KeyValueResponse?>(Broken);
            }

            return server.Value == Silent ? new TaskCompletionSource<KeyValueResponse?>().Task : Task.FromResult(_responses.Dequeue());
        }
    }
}
