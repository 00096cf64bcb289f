export const HELP = `valetkey: user API keys from any Discourse or Valetkey site

  valetkey login <site> [--scopes read,write] [--expires 30d] [--name NAME] [--paste] [--no-browser]
      asks for a key: opens your browser, waits for you to approve there, keeps the key
      --paste          always copies the answer by hand, as on a computer without a browser
      --client-id ID   names this installation; a site keeps one key for each
  valetkey request <METHOD> </path> [--data TEXT|-] [--include] [--site SITE]
      one request with the key, such as: valetkey request GET /latest.json
      --data - reads the body from standard input
  valetkey whoami [site]    who the key acts for
  valetkey list             the sites you have keys for
  valetkey token [site]     prints the key itself, for scripts
  valetkey logout [site]    revokes the key on the site and forgets it here

The site may be left out where you have a key for one only.

Examples
  valetkey login forum.example --scopes read
  valetkey login https://example.org/forum --scopes read,write --expires 30d
  valetkey request POST /posts.json --data '{"topic_id": 7, "raw": "Hello from a script"}'

Exit codes
  0  done                             4  you are not logged in there
  1  the site or you said no          5  the answer or the key file cannot be used
  2  the command is not right         130  interrupted
  3  the site cannot be reached
`;
