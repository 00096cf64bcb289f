#!/usr/bin/env ruby
# frozen_string_literal: true

# Posts a topic to a forum in your name; needs no gem.
#
#   ruby post_topic.rb https://forum.example 'A title of some length' 'What the topic says, in a sentence.'
require 'json'
require 'net/http'
require 'openssl'
require 'securerandom'

# Asks the person for a key. Nothing but this script can read the answer.
def connect(site, name, scopes)
  pair = OpenSSL::PKey::RSA.new(2048)
  nonce = SecureRandom.hex
  request = {
    application_name: name,
    client_id: SecureRandom.hex,
    scopes: scopes,
    public_key: pair.public_key.to_pem,
    padding: 'oaep',
    nonce: nonce
  }
  warn "Open this address, approve, and paste the text that the site shows:\n\n" \
       "  #{site}/user-api-key/new?#{URI.encode_www_form(request)}\n\n"
  payload = open_payload(pair, read_paste)
  unless OpenSSL.secure_compare(payload['nonce'], nonce)
    abort 'This answer belongs to another request: its nonce differs.'
  end
  payload['key']
end

# 344 letters for a key of 2048 bits, perhaps on several lines.
def read_paste
  text = +''
  text << ($stdin.gets || abort('Nothing was pasted.')).gsub(/\s/, '') while text.length < 344
  text
end

# What Discourse means by OAEP is OpenSSL's default: SHA-1, and no label. Old sites ignore what was asked and use PKCS#1 v1.5.
PADDINGS = [OpenSSL::PKey::RSA::PKCS1_OAEP_PADDING, OpenSSL::PKey::RSA::PKCS1_PADDING].freeze

def open_payload(pair, sealed)
  PADDINGS.each do |padding|
    payload = JSON.parse(pair.private_decrypt(sealed.unpack1('m'), padding))
    return payload if payload.is_a?(Hash) && payload['nonce'].is_a?(String)
  rescue OpenSSL::PKey::RSAError, JSON::ParserError
    next
  end
  abort 'This text cannot be opened: copy all of it, from this request.'
end

# Sends fields with POST, or nothing with GET.
def call(site, key, path, fields = nil)
  url = URI(site + path)
  headers = { 'User-Api-Key' => key, 'Accept' => 'application/json' }
  request = (fields ? Net::HTTP::Post : Net::HTTP::Get).new(url, headers)
  request.set_form_data(fields) if fields
  answer = Net::HTTP.start(url.host, url.port, use_ssl: url.scheme == 'https') { |http| http.request(request) }
  abort "The site says no: #{answer.body}" unless answer.is_a?(Net::HTTPSuccess)
  JSON.parse(answer.body)
end

site, title, text = ARGV
site = site.chomp('/')
key = connect(site, 'Ruby script', 'read,write')
begin
  puts "You are #{call(site, key, '/session/current.json')['current_user']['username']}."
  puts "Made a topic: #{site}/t/#{call(site, key, '/posts.json', title: title, raw: text)['topic_id']}"
ensure
  # Give the key back, whatever came of it. To keep it, store it where only you can read it.
  call(site, key, '/user-api-key/revoke', {})
end
